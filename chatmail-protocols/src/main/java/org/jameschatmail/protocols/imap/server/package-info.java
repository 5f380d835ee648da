/** The IMAP listeners of James, with what their pipelines need beside. */
@NullMarked
package org.jameschatmail.protocols.imap.server;

import org.jspecify.annotations.NullMarked;
