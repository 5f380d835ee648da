/**
 * Recognizes the one message that may travel in the clear: the first step of the legacy SecureJoin handshake.
 */
@NullMarked
package org.jameschatmail.core.securejoin;

import org.jspecify.annotations.NullMarked;
