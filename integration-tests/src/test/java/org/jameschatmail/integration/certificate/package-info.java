/** Certificates from pebble, the test server of Let's Encrypt. */
@NullMarked
package org.jameschatmail.integration.certificate;

import org.jspecify.annotations.NullMarked;
