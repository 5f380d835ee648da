/** What identifies a client on the network when its use is counted. */
@NullMarked
package org.jameschatmail.core.network;

import org.jspecify.annotations.NullMarked;
