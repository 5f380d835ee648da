/**
 * How much an account may send.
 */
@NullMarked
package org.jameschatmail.core.rate;

import org.jspecify.annotations.NullMarked;
