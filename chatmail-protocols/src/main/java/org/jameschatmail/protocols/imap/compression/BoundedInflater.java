package org.jameschatmail.protocols.imap.compression;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.compression.DecompressionException;

/**
 * Inflates what a client sends, {@value #PIECE} octets at a time, and no more of it while nobody reads: what has come
 * waits as it came. Ends a connection whose client makes much out of little: more than {@link #RATIO} times what it has
 * sent and {@link #FREE} octets besides, counted from the start of compression. For one connection, on its event loop.
 */
final class BoundedInflater extends ChannelDuplexHandler {
    /** Inflated octets to one sent; encrypted mail has one, commands have ten. */
    static final long RATIO = 100;

    /** Inflated octets that count for nothing. */
    static final long FREE = 1024 * 1024;

    static final int PIECE = 16 * 1024;

    private final Inflation inflation = new Inflation();
    private ByteBuf waiting = Unpooled.EMPTY_BUFFER;
    private long sent;
    private long inflated;
    private boolean inflating;
    private boolean paused;
    private boolean over;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf part = (ByteBuf) message;
        if (over) {
            part.release();
            return;
        }
        waiting = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), waiting, part);
        inflateWhileRead(context);
    }

    private void inflateWhileRead(ChannelHandlerContext context) {
        if (inflating) {
            return;
        }
        inflating = true;
        try {
            paused = false;
            boolean more = true;
            while (more && !paused && !over && !context.isRemoved()) {
                more = inflatePiece(context);
                paused = more && !context.channel().config().isAutoRead();
            }
        } finally {
            inflating = false;
        }
        if (!waiting.isReadable()) {
            forget();
        }
    }

    /** False when there is nothing left to inflate. */
    private boolean inflatePiece(ChannelHandlerContext context) {
        ByteBuf piece = context.alloc().buffer(Math.min(PIECE, 4 * waiting.readableBytes() + 64), PIECE);
        int before = waiting.readableBytes();
        boolean more;
        try {
            more = inflation.inflate(waiting, piece, PIECE);
        } catch (RuntimeException e) {
            piece.release();
            end(context, e);
            return false;
        }
        sent += before - waiting.readableBytes();
        inflated += piece.readableBytes();
        if (inflated > FREE + RATIO * sent) {
            piece.release();
            end(context, new DecompressionException("More than " + RATIO + " octets made of one"));
            return false;
        }
        if (piece.isReadable()) {
            context.fireChannelRead(piece);
        } else {
            piece.release();
        }
        return more;
    }

    private void end(ChannelHandlerContext context, RuntimeException fault) {
        over = true;
        forget();
        context.fireExceptionCaught(fault);
    }

    private void forget() {
        waiting.release();
        waiting = Unpooled.EMPTY_BUFFER;
    }

    /** Somebody reads again: first what waits here. */
    @Override
    public void read(ChannelHandlerContext context) throws Exception {
        if (paused) {
            context.executor().execute(() -> inflateWhileRead(context));
        }
        super.read(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        over = true;
        forget();
    }
}
