package org.jameschatmail.protocols.proxy;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection from a trusted proxy, which tells whom it speaks for. */
final class ProxiedChannel extends NioSocketChannel {
    private volatile @Nullable InetSocketAddress client;

    /** @param socket of a channel that was accepted and isn't used itself */
    ProxiedChannel(Channel parent, SocketChannel socket) {
        super(parent, socket);
    }

    /** The proxy has said so. */
    void isOf(InetSocketAddress address) {
        client = address;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        InetSocketAddress told = client;
        return told == null ? super.remoteAddress() : told;
    }
}
