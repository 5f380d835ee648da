/**
 * Speaks SMTP and IMAP line by line, so that a test shows the dialogue as it is on the wire.
 */
@NullMarked
package org.jameschatmail.integration.wire;

import org.jspecify.annotations.NullMarked;
