/**
 * Mail to other servers, from the transaction that accepts it to the other server's 250 or the report to its sender.
 * {@link org.jameschatmail.guice.outgoing.OutgoingQueue} holds the rows, {@code Dispatcher} decides which domain's turn
 * it is, {@code Delivery} carries out one attempt and notes what came of it.
 */
@NullMarked
package org.jameschatmail.guice.outgoing;

import org.jspecify.annotations.NullMarked;
