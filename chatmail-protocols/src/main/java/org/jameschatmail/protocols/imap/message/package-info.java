/**
 * Commands on the messages of a selected mailbox: in the ranges they name, only what is there; nothing changed in a
 * mailbox that is read-only; and no more at once than the client takes.
 */
@NullMarked
package org.jameschatmail.protocols.imap.message;

import org.jspecify.annotations.NullMarked;
