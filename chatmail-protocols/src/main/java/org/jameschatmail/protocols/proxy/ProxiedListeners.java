package org.jameschatmail.protocols.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jameschatmail.core.network.TrustedProxies;

/**
 * Makes listeners believe trusted proxies: what they write in front of a connection is read before its session begins,
 * and the connection's channel then has the client's address as its remote one. All other connections are left as they
 * are, whatever they begin with. Immutable.
 */
public record ProxiedListeners(TrustedProxies proxies) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For a listener of NIO sockets that has its child handler, and isn't bound yet. */
    public void configure(ServerBootstrap bootstrap) {
        if (!proxies.ranges().isEmpty()) {
            ChannelHandler session = bootstrap.config().childHandler();
            bootstrap.handler(new Acceptor(proxies)).childHandler(new Entrance(session));
        }
    }

    /** Puts channels of ours in the place of those that come from a proxy, before anybody has seen them. */
    @Sharable
    private static final class Acceptor extends ChannelInboundHandlerAdapter {
        private final TrustedProxies proxies;

        Acceptor(TrustedProxies proxies) {
            this.proxies = proxies;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            context.fireChannelRead(
                    accepted instanceof NioSocketChannel channel && isFromProxy(channel) ? proxied(channel) : accepted);
        }

        private boolean isFromProxy(NioSocketChannel channel) {
            InetSocketAddress peer = channel.remoteAddress();
            return peer != null && proxies.trusts(peer.getAddress());
        }

        private static Object proxied(NioSocketChannel channel) {
            return channel.unsafe().ch() instanceof SocketChannel socket
                    ? new ProxiedChannel(channel.parent(), socket)
                    : channel;
        }
    }

    /** Sets up a connection: with the gate in front where it comes from a proxy. */
    @Sharable
    private static final class Entrance extends ChannelInitializer<Channel> {
        private final ChannelHandler session;

        Entrance(ChannelHandler session) {
            this.session = session;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(
                            channel instanceof ProxiedChannel proxied
                                    ? new ProxyGate(proxied, session, PATIENCE)
                                    : session);
        }
    }
}
