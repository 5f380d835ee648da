/** What the gates cost a message: time, and memory allocated. */
@NullMarked
package org.jameschatmail.benchmarks.gate;

import org.jspecify.annotations.NullMarked;
