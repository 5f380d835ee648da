/**
 * One class a scenario: what is done to a server, what is measured, and what must hold afterwards.
 */
@NullMarked
package org.jameschatmail.benchmarks.load.scenario;

import org.jspecify.annotations.NullMarked;
