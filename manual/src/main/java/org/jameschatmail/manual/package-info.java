/** The pages of {@code docs/} as HTML. */
@NullMarked
package org.jameschatmail.manual;

import org.jspecify.annotations.NullMarked;
