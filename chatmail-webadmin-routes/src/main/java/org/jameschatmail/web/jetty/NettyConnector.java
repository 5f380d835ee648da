package org.jameschatmail.web.jetty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.jameschatmail.core.network.ClientNetwork;
import org.jameschatmail.web.alpn.ConnectionSlots;

/**
 * Jetty's HTTP on connections that a Netty listener accepted and decrypted: no socket of its own, no copy of the bytes
 * through the loopback, and the client's own address in every request. Threads are Jetty's, and only for connections
 * that have something to do.
 */
public final class NettyConnector extends AbstractConnector {
    private final ConnectionSlots slots;

    /**
     * @param http its idle timeout is that of the connections
     * @param slots how many connections there may be
     */
    public NettyConnector(Server server, HttpConnectionFactory http, ConnectionSlots slots) {
        super(server, null, null, null, 0, http);
        this.slots = slots;
        setIdleTimeout(http.getHttpConfiguration().getIdleTimeout());
    }

    /** Turns a channel, already decrypted, into a connection of this connector; shared by all channels. */
    public ChannelHandler pipeline() {
        return new Connections();
    }

    @Override
    public Object getTransport() {
        return this;
    }

    @Override
    protected void accept(int acceptor) {
        throw new IllegalStateException("connections are accepted elsewhere");
    }

    void opened(NettyEndPoint endPoint) {
        onEndPointOpened(endPoint);
    }

    void closed(NettyEndPoint endPoint) {
        onEndPointClosed(endPoint);
    }

    private void connect(SocketChannel channel) {
        ClientNetwork network = ClientNetwork.of(channel.remoteAddress().getAddress());
        if (!isRunning() || !slots.take(network)) {
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> slots.release(network));
        // A client may say that it has nothing more to send, and still waits for its answer.
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        NettyEndPoint endPoint = new NettyEndPoint(this, channel);
        Connection connection = getDefaultConnectionFactory().newConnection(this, endPoint);
        endPoint.setConnection(connection);
        endPoint.setIdleTimeout(getIdleTimeout());
        channel.pipeline().addLast(endPoint.inbound());
        try {
            endPoint.onOpen();
            opened(endPoint);
            connection.onOpen();
        } catch (RejectedExecutionException e) {
            endPoint.close();
        }
    }

    @Sharable
    private final class Connections extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            connect(channel);
        }
    }
}
