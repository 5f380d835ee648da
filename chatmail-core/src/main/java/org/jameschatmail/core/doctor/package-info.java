/**
 * What {@code chatmail doctor} finds: is this machine, with these settings, fit to be a mail server? What is looked at is
 * handed in; what it means is decided here.
 */
@NullMarked
package org.jameschatmail.core.doctor;

import org.jspecify.annotations.NullMarked;
