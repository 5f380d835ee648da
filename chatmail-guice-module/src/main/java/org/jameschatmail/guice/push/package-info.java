/**
 * Push notifications: the queue that a delivery writes to within its own transaction, and the one thread that tells the
 * notification proxy. The message path never waits for the proxy.
 */
@NullMarked
package org.jameschatmail.guice.push;

import org.jspecify.annotations.NullMarked;
