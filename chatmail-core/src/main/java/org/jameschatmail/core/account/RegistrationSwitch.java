package org.jameschatmail.core.account;

import java.util.Arrays;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.jameschatmail.core.configuration.Key;
import org.jameschatmail.core.configuration.Keys;

/** What an administrator may switch while the server runs, and the key that says it until then. */
public enum RegistrationSwitch {
    MODE("mode", Keys.REGISTRATION_MODE),
    PER_NETWORK("perNetwork", Keys.REGISTRATION_RATE_PER_NETWORK),
    GUARD_LOAD("guardLoad", Keys.REGISTRATION_GUARD_LOAD),
    GUARD_MEMORY("guardMemory", Keys.REGISTRATION_GUARD_MEMORY),
    GUARD_DISK("guardDisk", Keys.REGISTRATION_GUARD_DISK);

    private final String field;
    private final Key<?> key;

    RegistrationSwitch(String field, Key<?> key) {
        this.field = field;
        this.key = key;
    }

    /** The switch of a guard. */
    public static RegistrationSwitch of(Shortage guard) {
        return switch (guard) {
            case LOAD -> GUARD_LOAD;
            case MEMORY -> GUARD_MEMORY;
            case DISK -> GUARD_DISK;
        };
    }

    /** Its name in JSON. */
    public String field() {
        return field;
    }

    public Key<?> key() {
        return key;
    }

    /** Those that have such names in JSON, in the order of this table. */
    public static String[] fields() {
        return Arrays.stream(values()).map(RegistrationSwitch::field).toArray(String[]::new);
    }
}
