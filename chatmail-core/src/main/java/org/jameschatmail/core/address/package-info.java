/** Mail domains and the hosts behind them, as values that can be compared. */
@NullMarked
package org.jameschatmail.core.address;

import org.jspecify.annotations.NullMarked;
