/**
 * The servers that are compared, each started in a folder of its own on free loopback ports.
 */
@NullMarked
package org.jameschatmail.benchmarks.load.peer;

import org.jspecify.annotations.NullMarked;
