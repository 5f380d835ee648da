/** What the server measures of itself: the names that stay, and the text form in which Prometheus reads them. */
@NullMarked
package org.jameschatmail.core.metric;

import org.jspecify.annotations.NullMarked;
