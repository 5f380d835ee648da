/** The TLS port that several protocols share, told apart by ALPN: a Netty listener that knows none of them. */
@NullMarked
package org.jameschatmail.web.alpn;

import org.jspecify.annotations.NullMarked;
