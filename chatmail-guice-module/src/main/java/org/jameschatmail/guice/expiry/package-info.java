/**
 * Data goes away by itself: old messages, accounts that nobody uses, what fills a mailbox up, and what is left of them.
 * The rules are in {@code core.expiry}; here is who carries them out, in small transactions that others don't notice.
 */
@NullMarked
package org.jameschatmail.guice.expiry;

import org.jspecify.annotations.NullMarked;
