/** The expiry of old data, for administrators. */
@NullMarked
package org.jameschatmail.web.expiry;

import org.jspecify.annotations.NullMarked;
