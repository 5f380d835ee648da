/**
 * From octets to one command at a time: lines and literals are counted while they arrive, before anything parses them,
 * so that a client can make the server hold only what {@link org.jameschatmail.protocols.imap.frame.FrameLimits} allows.
 */
@NullMarked
package org.jameschatmail.protocols.imap.frame;

import org.jspecify.annotations.NullMarked;
