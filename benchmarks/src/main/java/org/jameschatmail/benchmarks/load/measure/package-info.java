/**
 * What the operating system says of a server's processes, and the arithmetic of samples.
 */
@NullMarked
package org.jameschatmail.benchmarks.load.measure;

import org.jspecify.annotations.NullMarked;
