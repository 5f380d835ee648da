/**
 * The load program: starts mail servers side by side, puts the same load on each in turn, and reports.
 */
@NullMarked
package org.jameschatmail.benchmarks.load;

import org.jspecify.annotations.NullMarked;
