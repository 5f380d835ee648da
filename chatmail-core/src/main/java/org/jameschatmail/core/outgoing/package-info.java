/**
 * What is decided about mail to other servers: where it goes, what an answer means for a recipient, when it is tried
 * again, and what its sender is told in the end. Plain values; time and chance are passed in.
 */
@NullMarked
package org.jameschatmail.core.outgoing;

import org.jspecify.annotations.NullMarked;
