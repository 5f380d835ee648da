/** Threads, and what may be done on them. */
@NullMarked
package org.jameschatmail.core.concurrent;

import org.jspecify.annotations.NullMarked;
