/** Takes a backup of the running server. */
@NullMarked
package org.jameschatmail.guice.backup;

import org.jspecify.annotations.NullMarked;
