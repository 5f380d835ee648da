/** {@code chatmail doctor} of the distribution. */
@NullMarked
package org.jameschatmail.integration.doctor;

import org.jspecify.annotations.NullMarked;
