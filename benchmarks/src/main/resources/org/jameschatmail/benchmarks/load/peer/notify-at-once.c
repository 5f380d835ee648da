/*
 * Dovecot gathers changes of a mailbox for half a second before it tells a client in IDLE. The relays of the running
 * network have a Dovecot that was built without this wait; Debian's becomes one with this file in LD_PRELOAD.
 */
#define _GNU_SOURCE
#include <dlfcn.h>

#define GATHERING_MSECS 500

typedef void *adder(unsigned int msecs, const char *file, unsigned int line, void (*callback)(void *), void *context);

void *timeout_add_short(unsigned int msecs, const char *file, unsigned int line, void (*callback)(void *),
                             void *context) {
    static adder *original;
    if (original == 0) {
        original = (adder *) dlsym(RTLD_NEXT, "timeout_add_short");
    }
    return original(msecs == GATHERING_MSECS ? 0 : msecs, file, line, callback, context);
}
