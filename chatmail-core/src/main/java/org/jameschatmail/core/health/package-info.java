/** What is asked of a server that is to be called well. */
@NullMarked
package org.jameschatmail.core.health;

import org.jspecify.annotations.NullMarked;
