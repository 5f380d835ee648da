/** The mailets and matchers in a James as its project released it, from a folder that an operator could have made. */
@NullMarked
package org.jameschatmail.stock;

import org.jspecify.annotations.NullMarked;
