package org.jameschatmail.protocols.session;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import org.apache.james.protocols.netty.CommandInjectionDetectedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection without a word in the log when its client resets it, speaks something other than TLS where TLS
 * is expected, or sends commands behind STARTTLS. James logs each of these as an error with its stack, and with the
 * octets that the client sent, which may be its password. Stands before James' core handler, which keeps what goes
 * wrong inside the server. Stateless, shared by all connections.
 */
@Sharable
public final class ClientFaults extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClientFaults.class);

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable fault = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (fault instanceof IOException || fault instanceof CommandInjectionDetectedException) {
            LOGGER.debug("A connection is closed because of its client", cause);
            context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
