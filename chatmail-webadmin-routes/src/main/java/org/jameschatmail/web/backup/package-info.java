/** A backup of the running server, over WebAdmin. */
@NullMarked
package org.jameschatmail.web.backup;

import org.jspecify.annotations.NullMarked;
