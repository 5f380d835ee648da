/** What the server did in each of the last minutes, in numbers alone. */
@NullMarked
package org.jameschatmail.core.statistics;

import org.jspecify.annotations.NullMarked;
