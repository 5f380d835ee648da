/** What clients are told of other servers and of their own kind, and whether a TURN server takes what they were told. */
@NullMarked
package org.jameschatmail.integration.realtime;

import org.jspecify.annotations.NullMarked;
