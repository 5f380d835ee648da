/** What becomes of a message that has passed its gate: where it is made durable, and who is told. */
@NullMarked
package org.jameschatmail.guice.delivery;

import org.jspecify.annotations.NullMarked;
