/**
 * The keys an operator can set: one table ({@link org.jameschatmail.core.configuration.Keys}), one record per
 * concern, and a loader that layers the defaults, the file, the environment and the command line and reports every
 * fault at once.
 */
@NullMarked
package org.jameschatmail.core.configuration;

import org.jspecify.annotations.NullMarked;
