/** What identifies a client on the network when its use is counted, also behind proxies that are trusted. */
@NullMarked
package org.jameschatmail.core.network;

import org.jspecify.annotations.NullMarked;
