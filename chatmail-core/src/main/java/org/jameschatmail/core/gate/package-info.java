/**
 * The doors of the server: what is judged of a message that a user submits, and of one that another server brings.
 */
@NullMarked
package org.jameschatmail.core.gate;

import org.jspecify.annotations.NullMarked;
