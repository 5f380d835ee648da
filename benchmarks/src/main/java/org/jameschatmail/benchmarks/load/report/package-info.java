/**
 * The figures as a table and as a chart.
 */
@NullMarked
package org.jameschatmail.benchmarks.load.report;

import org.jspecify.annotations.NullMarked;
