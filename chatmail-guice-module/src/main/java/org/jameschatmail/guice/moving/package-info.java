/** Takes accounts of other servers over. */
@NullMarked
package org.jameschatmail.guice.moving;

import org.jspecify.annotations.NullMarked;
