package org.jameschatmail.protocols.imap.server;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jameschatmail.core.network.ClientNetwork;

/**
 * Closes a connection as it opens when there are enough of them, in all or from one network: an IPv4 address or an IPv6
 * /64. Nothing behind this handler hears of it then. James' own counts single addresses, remembers each for ever, and
 * greets whom it turns away. Thread-safe, shared by all connections that count together.
 */
@Sharable
final class BoundedConnections extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<ClientNetwork> COUNTED =
            AttributeKey.valueOf(BoundedConnections.class, "counted");

    private final int most;
    private final int mostPerNetwork;
    private final Map<ClientNetwork, Integer> networks = new HashMap<>();
    private int all;

    /** Zero is without a limit. */
    BoundedConnections(int most, int mostPerNetwork) {
        this.most = most == 0 ? Integer.MAX_VALUE : most;
        this.mostPerNetwork = mostPerNetwork == 0 ? Integer.MAX_VALUE : mostPerNetwork;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        if (!(context.channel().remoteAddress() instanceof InetSocketAddress remote)) {
            context.close();
            return;
        }
        ClientNetwork network = ClientNetwork.of(remote.getAddress());
        if (takes(network)) {
            context.channel().attr(COUNTED).set(network);
            super.channelActive(context);
        } else {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        ClientNetwork network = context.channel().attr(COUNTED).getAndSet(null);
        if (network != null) {
            letGo(network);
        }
        super.channelInactive(context);
    }

    private synchronized boolean takes(ClientNetwork network) {
        int there = networks.getOrDefault(network, 0);
        if (all >= most || there >= mostPerNetwork) {
            return false;
        }
        all++;
        networks.put(network, there + 1);
        return true;
    }

    private synchronized void letGo(ClientNetwork network) {
        all--;
        networks.computeIfPresent(network, (key, there) -> there == 1 ? null : there - 1);
    }

    /** How many networks are remembered. */
    synchronized int networks() {
        return networks.size();
    }
}
