/** Conversations of the real core, recorded between it and a server, as scripts that another test replays. */
@NullMarked
package org.jameschatmail.integration.recording;

import org.jspecify.annotations.NullMarked;
