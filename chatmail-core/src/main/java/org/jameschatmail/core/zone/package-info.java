/** The DNS records that a domain needs, as values, and how they compare with what is published. */
@NullMarked
package org.jameschatmail.core.zone;

import org.jspecify.annotations.NullMarked;
