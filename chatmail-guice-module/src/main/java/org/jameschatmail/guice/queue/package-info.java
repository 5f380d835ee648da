/**
 * The mail queues on a relational database. {@link org.jameschatmail.guice.queue.JdbcMailQueue} is what James sees,
 * {@code QueueStore} and {@code BodyStore} hold the SQL, {@code DeliverySchedule} knows in memory which mail is due when
 * and which is in somebody's hands, and {@code Dispatcher} is the one thread of a queue that hands mail to subscribers.
 */
@NullMarked
package org.jameschatmail.guice.queue;

import org.jspecify.annotations.NullMarked;
