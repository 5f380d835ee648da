package org.jameschatmail.protocols.imap.compression;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import java.util.List;

/**
 * Inflates raw deflate in pieces, so that what one of them holds is bounded whatever the client sends: deflate makes at
 * most 1,032 octets of one. For one connection.
 */
final class BoundedInflater extends JdkZlibDecoder {
    private static final int PIECE = 256;

    /** More than a piece can hold: a bound that is never reached. */
    private static final int MOST_AT_ONCE = 512 * 1024;

    private long read;

    BoundedInflater() {
        super(ZlibWrapper.NONE, MOST_AT_ONCE);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int start = in.readerIndex();
        ByteBuf piece = in.slice(start, Math.min(in.readableBytes(), PIECE));
        super.decode(context, piece, out);
        in.readerIndex(start + piece.readerIndex());
        read += piece.readerIndex();
    }

    /** Octets inflated so far, as they came. */
    long read() {
        return read;
    }
}
