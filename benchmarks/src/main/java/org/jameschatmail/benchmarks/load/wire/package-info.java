/**
 * Sessions with a mail server as a client has them: SMTP submission and IMAP over TLS, on few threads and with little\n * work of their own, because the load program shares the processors with the server.
 */
@NullMarked
package org.jameschatmail.benchmarks.load.wire;

import org.jspecify.annotations.NullMarked;
