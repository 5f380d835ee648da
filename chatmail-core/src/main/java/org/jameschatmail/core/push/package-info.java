/** When a push notification is tried again, and when it is given up. Plain values; time is passed in. */
@NullMarked
package org.jameschatmail.core.push;

import org.jspecify.annotations.NullMarked;
