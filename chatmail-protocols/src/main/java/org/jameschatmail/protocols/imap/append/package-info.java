/** IMAP APPEND: what a client puts into a mailbox passes the same gate as what another server brings. */
@NullMarked
package org.jameschatmail.protocols.imap.append;

import org.jspecify.annotations.NullMarked;
