package org.jameschatmail.web.alpn;

import io.netty.channel.ChannelHandler;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A protocol that clients ask for by its ALPN name.
 *
 * @param protocol as registered with IANA, such as {@code imap}
 * @param pipeline asked once, as the port opens; without an answer the protocol isn't offered. The handler is added to
 *     each channel that chose the protocol, behind {@value TlsPort#SSL_HANDLER}, after the handshake and before
 *     {@code channelActive}, so it is either sharable or an initializer that is
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7301">RFC 7301</a>
 */
public record AlpnService(String protocol, Supplier<Optional<ChannelHandler>> pipeline) {}
