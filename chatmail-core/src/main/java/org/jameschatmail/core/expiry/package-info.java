/** How long things are kept: what is old enough to go, when it is looked for, and how fast it may be removed. */
@NullMarked
package org.jameschatmail.core.expiry;

import org.jspecify.annotations.NullMarked;
