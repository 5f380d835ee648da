/** What the program says about the zone of its domain. */
@NullMarked
package org.jameschatmail.integration.zone;

import org.jspecify.annotations.NullMarked;
