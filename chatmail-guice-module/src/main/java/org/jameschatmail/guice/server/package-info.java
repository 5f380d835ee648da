/** The server as a whole: which modules of James and of ours it is made of. */
@NullMarked
package org.jameschatmail.guice.server;

import org.jspecify.annotations.NullMarked;
