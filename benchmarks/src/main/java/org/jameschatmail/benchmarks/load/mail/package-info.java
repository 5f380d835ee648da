/**
 * The messages that are sent, and the account of what became of each.
 */
@NullMarked
package org.jameschatmail.benchmarks.load.mail;

import org.jspecify.annotations.NullMarked;
