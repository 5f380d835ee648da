package org.jameschatmail.protocols.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.core.network.ProxyHeader;
import org.jspecify.annotations.Nullable;

/**
 * Stands alone in the pipeline of a connection from a trusted proxy until it is known whom it is for, then gives way to
 * the session. A connection that begins with something else, or with nothing for a while, is the proxy's own.
 */
final class ProxyGate extends ChannelInboundHandlerAdapter {
    private final ProxiedChannel channel;
    private final ChannelHandler session;
    private final Duration patience;
    private @Nullable ByteBuf received;
    private @Nullable Future<?> deadline;

    /**
     * @param session sets up the pipeline of a connection
     * @param patience for the whole header
     */
    ProxyGate(ProxiedChannel channel, ChannelHandler session, Duration patience) {
        this.channel = channel;
        this.session = session;
        this.patience = patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        received = context.alloc().buffer();
        deadline = context.executor().schedule(() -> noLonger(context), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void noLonger(ChannelHandlerContext context) {
        ByteBuf sofar = received;
        if (sofar == null || !context.channel().isActive()) {
            return;
        }
        if (sofar.isReadable()) {
            context.close();
        } else {
            open(context, sofar);
        }
    }

    /** Nobody is behind yet who could hear of it. */
    @Override
    public void channelActive(ChannelHandlerContext context) {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf sofar = received;
        if (sofar == null || !(message instanceof ByteBuf octets)) {
            context.fireChannelRead(message);
            return;
        }
        sofar.writeBytes(octets);
        octets.release();
        ProxyHeader header = ProxyHeader.read(sofar.nioBuffer());
        if (header instanceof ProxyHeader.Malformed) {
            context.close();
        } else if (header instanceof ProxyHeader.Present present) {
            present.client().ifPresent(channel::isOf);
            open(context, sofar.skipBytes(present.length()));
        } else if (header instanceof ProxyHeader.Absent) {
            open(context, sofar);
        }
    }

    private void open(ChannelHandlerContext context, ByteBuf rest) {
        received = null;
        ChannelPipeline pipeline = context.pipeline();
        pipeline.remove(this);
        pipeline.addLast(session);
        pipeline.fireChannelActive();
        if (rest.isReadable()) {
            pipeline.fireChannelRead(rest);
            pipeline.fireChannelReadComplete();
        } else {
            rest.release();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (received != null) {
            received.release();
            received = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
