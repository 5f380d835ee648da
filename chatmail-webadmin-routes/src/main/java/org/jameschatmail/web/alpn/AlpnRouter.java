package org.jameschatmail.web.alpn;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import java.util.Map;
import org.jameschatmail.core.network.ClientNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of one connection's handshake, then gives way to the pipeline of the protocol that was agreed on.
 * Holds a slot for as long as it stands in the pipeline, so that only handshakes count.
 */
final class AlpnRouter extends ApplicationProtocolNegotiationHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(AlpnRouter.class);

    private final Map<String, ChannelHandler> pipelines;
    private final ConnectionSlots handshakes;
    private final ClientNetwork network;

    /**
     * @param handshakes one slot of which is taken already for {@code network}
     * @param fallback where the client spoke no ALPN
     */
    AlpnRouter(
            Map<String, ChannelHandler> pipelines, String fallback, ConnectionSlots handshakes, ClientNetwork network) {
        super(fallback);
        this.pipelines = pipelines;
        this.handshakes = handshakes;
        this.network = network;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
        ChannelHandler pipeline = pipelines.get(protocol);
        if (pipeline == null) {
            context.close();
            return;
        }
        context.pipeline().addLast(pipeline);
        // The channel has been active since before the handshake; who came just now has to hear of it.
        context.fireChannelActive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) throws Exception {
        handshakes.release(network);
        super.handlerRemoved(context);
    }

    /** Unlike Netty's, tells the log nothing of the client. */
    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
        LOGGER.debug("A TLS handshake failed", cause);
        context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOGGER.debug("A connection failed before its protocol was known", cause);
        context.close();
    }
}
