/**
 * Mailboxes on plain JDBC, for embedded Derby and PostgreSQL. A message is stored once, however many mailboxes hold it;
 * every append is one transaction, which also keeps the counts and checks the quota.
 *
 * <p>Locks are those of the database, so several servers may share one. Whoever writes takes them in one order: the
 * INBOX rows of the accounts concerned by owner, then other mailbox rows by id, then message rows, then bodies by id.
 * The row of a mailbox guards its messages; the row of the INBOX guards what the account may still store. Readers are
 * single statements and hold nothing.
 */
@NullMarked
package org.jameschatmail.guice.mailbox;

import org.jspecify.annotations.NullMarked;
