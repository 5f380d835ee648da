package org.jameschatmail.protocols.imap.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * A large literal on its way to a client: one piece is being taken, and one more is read meanwhile, on a thread that may
 * wait for the store. Used on the connection's event loop alone.
 */
final class LiteralPieces implements ChunkedInput<ByteBuf> {
    private static final int PIECE = 32 * 1024;

    private final InputStream octets;
    private final long length;
    private final Scheduler readers;
    private final Channel channel;
    private byte @Nullable [] ready;
    private @Nullable IOException failure;
    private boolean reading;
    private long given;

    /**
     * @param length of the stream; one that ends before is a failure
     * @param readers whose threads may wait
     */
    LiteralPieces(InputStream octets, long length, Scheduler readers, Channel channel) {
        this.octets = octets;
        this.length = length;
        this.readers = readers;
        this.channel = channel;
    }

    @Override
    public @Nullable ByteBuf readChunk(ByteBufAllocator allocator) throws IOException {
        if (failure != null) {
            throw failure;
        }
        byte[] piece = ready;
        ready = null;
        given += piece == null ? 0 : piece.length;
        if (!reading && !isEndOfInput()) {
            reading = true;
            int next = (int) Math.min(PIECE, length - given);
            readers.schedule(() -> read(next));
        }
        return piece == null ? null : Unpooled.wrappedBuffer(piece);
    }

    private void read(int next) {
        try {
            byte[] piece = octets.readNBytes(next);
            if (piece.length < next) {
                throw new EOFException("The literal is shorter than announced");
            }
            channel.eventLoop().execute(() -> goOn(piece, null));
        } catch (IOException e) {
            channel.eventLoop().execute(() -> goOn(null, e));
        } catch (RuntimeException e) {
            channel.eventLoop().execute(() -> goOn(null, new IOException(e)));
        }
    }

    private void goOn(byte @Nullable [] piece, @Nullable IOException e) {
        reading = false;
        ready = piece;
        failure = e;
        Optional.ofNullable(channel.pipeline().get(ChunkedWriteHandler.class))
                .ifPresent(ChunkedWriteHandler::resumeTransfer);
    }

    @Override
    public boolean isEndOfInput() {
        return given == length;
    }

    @Override
    public void close() throws IOException {
        octets.close();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public long progress() {
        return given;
    }

    @Override
    @Deprecated
    public @Nullable ByteBuf readChunk(ChannelHandlerContext context) throws IOException {
        return readChunk(context.alloc());
    }
}
