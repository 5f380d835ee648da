package org.jameschatmail.protocols.smtp.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/**
 * Reads nothing from the network from the moment STARTTLS arrives until the TLS handler is in the pipeline, which
 * James puts there after it has sent its answer: the client's first TLS record can't come in between. Stands before
 * the command handler, on the same executor.
 */
final class StartTlsPause extends ChannelInboundHandlerAdapter {
    private static final String COMMAND = "STARTTLS";

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!isStartTls(message)) {
            context.fireChannelRead(message);
            return;
        }
        context.channel().config().setAutoRead(false);
        try {
            context.fireChannelRead(message);
        } finally {
            context.channel().config().setAutoRead(true);
        }
    }

    private static boolean isStartTls(Object message) {
        return message instanceof ByteBuf line
                && line.readableBytes() >= COMMAND.length()
                && line.toString(line.readerIndex(), COMMAND.length(), StandardCharsets.US_ASCII)
                        .equalsIgnoreCase(COMMAND);
    }
}
