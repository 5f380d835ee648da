/** Which decoders, encoders and processors the IMAP listeners have. */
@NullMarked
package org.jameschatmail.guice.imap;

import org.jspecify.annotations.NullMarked;
