/**
 * Mail addresses as the header writes them. The reader is strict: what mail programs would read differently is no
 * address, so that nobody writes in another's name by being ambiguous.
 */
@NullMarked
package org.jameschatmail.core.address;

import org.jspecify.annotations.NullMarked;
