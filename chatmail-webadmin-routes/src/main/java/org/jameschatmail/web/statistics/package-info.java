/** The last hours in numbers, for WebAdmin. */
@NullMarked
package org.jameschatmail.web.statistics;

import org.jspecify.annotations.NullMarked;
