/** The SMTP listeners of James, with hooks taken off the I/O threads. */
@NullMarked
package org.jameschatmail.protocols.smtp.server;

import org.jspecify.annotations.NullMarked;
