/** Name service look-ups of James, by the servers of our configuration. */
@NullMarked
package org.jameschatmail.guice.dns;

import org.jspecify.annotations.NullMarked;
