/** Mailboxes as their owners' clients see them: whatever is announced is there, and what is there is announced. */
@NullMarked
package org.jameschatmail.integration.mailbox;

import org.jspecify.annotations.NullMarked;
