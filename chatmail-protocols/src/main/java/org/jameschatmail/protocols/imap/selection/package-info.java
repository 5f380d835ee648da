/**
 * SELECT, EXAMINE and what a session knows of the mailbox it has selected: which message has which number, and what of
 * its changes the client has been told.
 */
@NullMarked
package org.jameschatmail.protocols.imap.selection;

import org.jspecify.annotations.NullMarked;
