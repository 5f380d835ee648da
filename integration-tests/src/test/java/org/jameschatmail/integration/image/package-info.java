/** The container image. Runs with {@code -P image} only. */
@NullMarked
package org.jameschatmail.integration.image;

import org.jspecify.annotations.NullMarked;
