package org.jameschatmail.protocols.imap.compression;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.compression.DecompressionException;

/**
 * Ends a connection whose client makes much out of little: more than {@link #RATIO} times what it has sent and
 * {@link #FREE} octets besides, counted from the start of compression. Stands behind the {@link BoundedInflater}.
 */
final class InflationBound extends ChannelInboundHandlerAdapter {
    /** Inflated octets to one sent; encrypted mail has one, commands have ten. */
    static final long RATIO = 100;

    /** Inflated octets that count for nothing. */
    static final long FREE = 1024 * 1024;

    private final BoundedInflater inflater;
    private long inflated;
    private boolean over;

    InflationBound(BoundedInflater inflater) {
        this.inflater = inflater;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf part = (ByteBuf) message;
        inflated += part.readableBytes();
        if (over) {
            part.release();
        } else if (inflated > FREE + RATIO * inflater.read()) {
            over = true;
            part.release();
            context.fireExceptionCaught(new DecompressionException("More than " + RATIO + " octets made of one"));
        } else {
            context.fireChannelRead(part);
        }
    }
}
