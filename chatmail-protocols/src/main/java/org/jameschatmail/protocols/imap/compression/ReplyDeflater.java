package org.jameschatmail.protocols.imap.compression;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Deflates what is written. Each write ends in a sync flush, so that the client can read all of it. What is flushed
 * together is deflated together; the next flush refers to nothing before it, so that the deflater is free meanwhile. A
 * client needn't know: after a sync flush the blocks of one deflater follow those of another. For one connection, on its
 * event loop.
 */
final class ReplyDeflater extends ChannelOutboundHandlerAdapter {
    private static final int BLOCK_OVERHEAD = 64;

    private final SpareDeflaters spare;
    private @Nullable Deflater deflater;

    ReplyDeflater(SpareDeflaters spare) {
        this.spare = spare;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf plain) || !plain.isReadable()) {
            context.write(message, promise);
            return;
        }
        ByteBuf compressed = context.alloc().ioBuffer(plain.readableBytes() + BLOCK_OVERHEAD);
        try {
            deflate(plain, compressed);
        } catch (RuntimeException e) {
            compressed.release();
            promise.setFailure(e);
            return;
        } finally {
            plain.release();
        }
        context.write(compressed, promise);
    }

    private void deflate(ByteBuf plain, ByteBuf compressed) {
        Deflater here = deflater;
        if (here == null) {
            here = spare.take();
            deflater = here;
        }
        here.setInput(plain.nioBuffer());
        boolean more = true;
        while (more) {
            compressed.ensureWritable(BLOCK_OVERHEAD);
            ByteBuffer room = compressed.nioBuffer(compressed.writerIndex(), compressed.writableBytes());
            int made = here.deflate(room, Deflater.SYNC_FLUSH);
            compressed.writerIndex(compressed.writerIndex() + made);
            more = !compressed.isWritable();
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        giveBack();
        context.flush();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        giveBack();
    }

    private void giveBack() {
        Deflater here = deflater;
        if (here != null) {
            deflater = null;
            spare.giveBack(here);
        }
    }
}
