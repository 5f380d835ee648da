/** Data that goes away by itself, as clients, administrators and whoever finds the disk see it. */
@NullMarked
package org.jameschatmail.integration.expiry;

import org.jspecify.annotations.NullMarked;
