/** Reads the metrics once a minute, for the plots of WebAdmin. */
@NullMarked
package org.jameschatmail.guice.statistics;

import org.jspecify.annotations.NullMarked;
