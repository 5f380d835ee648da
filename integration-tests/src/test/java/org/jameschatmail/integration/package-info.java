/** Tests of the whole server from outside: over the wire, and with the real Delta Chat core. */
@NullMarked
package org.jameschatmail.integration;

import org.jspecify.annotations.NullMarked;
