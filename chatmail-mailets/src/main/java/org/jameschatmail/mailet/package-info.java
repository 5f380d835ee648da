/** Mailets and matchers with a chatmail relay's rules, on the mailet API alone: they work in any James. */
@NullMarked
package org.jameschatmail.mailet;

import org.jspecify.annotations.NullMarked;
