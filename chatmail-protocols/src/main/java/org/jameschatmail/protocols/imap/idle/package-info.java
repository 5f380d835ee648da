/** IDLE, with keep-alives that leave the server and no wake-up missed. */
@NullMarked
package org.jameschatmail.protocols.imap.idle;

import org.jspecify.annotations.NullMarked;
