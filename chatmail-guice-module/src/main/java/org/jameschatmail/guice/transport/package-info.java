/**
 * The wire to other servers: name service, verified TLS, {@code /mxdeliv} over HTTPS, and SMTP. Blocking sockets; every
 * wait has an end, everything that a stranger sends has a bound, and nothing is sent in the clear. Knows nothing of
 * queues.
 */
@NullMarked
package org.jameschatmail.guice.transport;

import org.jspecify.annotations.NullMarked;
