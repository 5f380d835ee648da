/** The eyes of {@code chatmail doctor}: looks at ports, certificate and clock, and changes nothing. */
@NullMarked
package org.jameschatmail.guice.doctor;

import org.jspecify.annotations.NullMarked;
