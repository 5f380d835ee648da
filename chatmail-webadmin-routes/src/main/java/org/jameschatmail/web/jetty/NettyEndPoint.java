package org.jameschatmail.web.jetty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Netty channel as Jetty sees it. Netty's thread brings bytes and never waits; Jetty's threads take them away. What
 * Jetty hasn't taken is bounded by not reading on, what the client hasn't taken by Netty's high-water mark.
 */
final class NettyEndPoint extends AbstractEndPoint {
    private static final Logger LOGGER = LoggerFactory.getLogger(NettyEndPoint.class);
    private static final int PAUSE_BYTES = 64 * 1024;
    private static final int CHUNK_BYTES = 16 * 1024;

    private final NettyConnector connector;
    private final SocketChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    /** Guards the fields below. */
    private final Object lock = new Object();

    private final Queue<ByteBuf> received = new ArrayDeque<>();
    private int receivedBytes;
    private boolean ended;
    private boolean released;

    private volatile long unsentBefore;

    NettyEndPoint(NettyConnector connector, SocketChannel channel) {
        super(connector.getScheduler());
        this.connector = connector;
        this.channel = channel;
        // Kept, because Netty forgets both as the channel closes.
        this.local = channel.localAddress();
        this.remote = channel.remoteAddress();
    }

    /** To be added to the channel's pipeline, behind TLS. */
    ChannelHandler inbound() {
        return new Inbound();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return remote;
    }

    @Override
    public Object getTransport() {
        return channel;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (isInputShutdown()) {
            return -1;
        }
        int filled;
        synchronized (lock) {
            filled = received.isEmpty() && ended ? -1 : take(buffer);
        }
        if (filled < 0) {
            shutdownInput();
        } else if (filled > 0) {
            notIdle();
        }
        return filled;
    }

    private int take(ByteBuffer buffer) {
        int position = BufferUtil.flipToFill(buffer);
        int before = buffer.remaining();
        while (buffer.hasRemaining() && !received.isEmpty()) {
            ByteBuf head = received.element();
            int limit = buffer.limit();
            buffer.limit(buffer.position() + Math.min(buffer.remaining(), head.readableBytes()));
            head.readBytes(buffer);
            buffer.limit(limit);
            if (!head.isReadable()) {
                received.remove().release();
            }
        }
        int taken = before - buffer.remaining();
        BufferUtil.flipToFlush(buffer, position);
        receivedBytes -= taken;
        if (receivedBytes == 0 && !ended && !channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        return taken;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        if (!isOpen() || isOutputShutdown() || !channel.isActive()) {
            throw new EofException("closed");
        }
        boolean written = false;
        boolean all = true;
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining() && channel.isWritable()) {
                channel.write(chunk(buffer));
                written = true;
            }
            all &= !buffer.hasRemaining();
        }
        if (written) {
            notIdle();
            channel.flush();
        }
        return all;
    }

    private ByteBuf chunk(ByteBuffer from) {
        int size = Math.min(from.remaining(), CHUNK_BYTES);
        ByteBuffer part = from.slice();
        part.limit(size);
        from.position(from.position() + size);
        return channel.alloc().buffer(size).writeBytes(part);
    }

    @Override
    protected void onIncompleteFlush() {
        // The room may have come between the attempt to write and now.
        if (channel.isWritable() || !channel.isActive()) {
            execute(getWriteFlusher()::completeWrite);
        }
    }

    /** A client that takes what it is sent, however slowly, isn't idle. */
    @Override
    protected void onIdleExpired(TimeoutException timeout) {
        long unsent = channel.bytesBeforeWritable();
        if (unsent != 0 && unsent != unsentBefore && channel.isActive()) {
            unsentBefore = unsent;
            return;
        }
        super.onIdleExpired(timeout);
    }

    @Override
    protected void needsFillInterest() throws IOException {
        boolean fillable;
        synchronized (lock) {
            if (released) {
                throw new ClosedChannelException();
            }
            fillable = ended || !received.isEmpty();
        }
        if (fillable) {
            execute(getFillInterest()::fillable);
        }
    }

    @Override
    protected void doShutdownOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound();
        }
    }

    @Override
    protected void doClose() {
        synchronized (lock) {
            released = true;
            received.forEach(ByteBuf::release);
            received.clear();
            receivedBytes = 0;
        }
        channel.close();
        Connection connection = getConnection();
        if (connection != null) {
            connection.onClose();
        }
        connector.closed(this);
    }

    private void received(ByteBuf bytes) {
        synchronized (lock) {
            if (released || ended || !bytes.isReadable()) {
                bytes.release();
                return;
            }
            received.add(bytes);
            receivedBytes += bytes.readableBytes();
            if (receivedBytes >= PAUSE_BYTES) {
                channel.config().setAutoRead(false);
            }
        }
        wakeReader();
    }

    private void ended() {
        synchronized (lock) {
            ended = true;
        }
        wakeReader();
    }

    private void lost() {
        ended();
        getWriteFlusher().onFail(new EofException("closed by the client"));
        if (isOutputShutdown() || isInputShutdown()) {
            close();
        }
    }

    private void wakeReader() {
        if (isFillInterested()) {
            execute(getFillInterest()::fillable);
        }
    }

    private void execute(Runnable work) {
        try {
            connector.getExecutor().execute(work);
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes) {
                received(bytes);
            } else {
                context.fireChannelRead(message);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                execute(getWriteFlusher()::completeWrite);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslCloseCompletionEvent || event instanceof ChannelInputShutdownEvent) {
                ended();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOGGER.debug("An HTTPS connection failed", cause);
            context.close();
        }
    }
}
