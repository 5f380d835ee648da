/**
 * DATA: the octets of a message on their way from the socket to the hooks. They are read in blocks, held once, and
 * looked at without parsing them into a {@code MimeMessage}.
 */
@NullMarked
package org.jameschatmail.protocols.smtp.reception;

import org.jspecify.annotations.NullMarked;
