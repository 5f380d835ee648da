/**
 * Addresses as values that can be compared: those of a mail (RFC 5322) as header fields write them, mail domains, and
 * the hosts behind them.
 */
@NullMarked
package org.jameschatmail.core.address;

import org.jspecify.annotations.NullMarked;
