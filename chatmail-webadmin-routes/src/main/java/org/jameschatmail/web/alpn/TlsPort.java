package org.jameschatmail.web.alpn;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.core.network.ClientNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Listens on one TCP port of some addresses, ends TLS there, and hands each connection to the protocol that the client
 * chose by ALPN, on the same channel: whoever serves it sees the client's own address. A client without ALPN gets the
 * first protocol, one that knows none of ours is refused in the handshake.
 *
 * <p>A handshake takes ten seconds at most, and their number is bounded; from its end on the protocol sets the limits.
 * One open and one close for each instance; the methods may be called from any thread, one at a time.
 */
public final class TlsPort implements AutoCloseable {
    /** The name that James' sessions look for in the pipeline when they ask whether they are encrypted. */
    public static final String SSL_HANDLER = "sslHandler";

    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration LAST_BYTES = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int BACKLOG = 200;

    private final KeyManager keys;
    private final ConnectionSlots handshakes;
    private final List<AlpnService> services;
    private final PendingChallenges challenges;
    private final Consumer<ServerBootstrap> finish;
    private final List<Channel> listeners = new ArrayList<>();
    private @Nullable EventLoopGroup threads;

    /**
     * @param keys present our certificate; an alias stands for one key and chain for ever
     * @param handshakes how many may be under way
     * @param services the first is for clients without ALPN
     * @param challenges what a certificate authority may ask in a handshake
     * @param finish told of the listener before it is bound
     */
    public TlsPort(
            KeyManager keys,
            ConnectionSlots handshakes,
            List<AlpnService> services,
            PendingChallenges challenges,
            Consumer<ServerBootstrap> finish) {
        this.keys = keys;
        this.handshakes = handshakes;
        this.services = List.copyOf(services);
        this.challenges = challenges;
        this.finish = finish;
    }

    /**
     * Binds the port on every address, or on none.
     *
     * @param port 0 takes a free port for each address
     * @throws IOException where the port is taken or may not be bound; the message names the port, the cause says why
     */
    public void open(List<InetAddress> addresses, int port) throws IOException {
        // Not more threads than James gives each of its listeners.
        EventLoopGroup group = new NioEventLoopGroup(
                2 * Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("tls-port", true));
        threads = group;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(connections());
        finish.accept(bootstrap);
        for (InetAddress address : addresses) {
            ChannelFuture bound = bootstrap.bind(address, port).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                close();
                throw new IOException("%s, port %d".formatted(address.getHostAddress(), port), bound.cause());
            }
            listeners.add(bound.channel());
        }
    }

    /** The port of the first address as really bound, or -1 while none is open. */
    public int port() {
        return listeners.isEmpty() || !(listeners.get(0).localAddress() instanceof InetSocketAddress address)
                ? -1
                : address.getPort();
    }

    /** Takes no more connections; those there are go on. */
    public void stopAccepting() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        listeners.clear();
    }

    /** Ends every connection. Harmless when it is closed already. */
    @Override
    public void close() {
        stopAccepting();
        EventLoopGroup group = threads;
        if (group != null) {
            group.shutdownGracefully(0, STOP.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
            threads = null;
        }
    }

    private ChannelInitializer<SocketChannel> connections() {
        Map<String, ChannelHandler> pipelines = new LinkedHashMap<>();
        for (AlpnService service : services) {
            service.pipeline().get().ifPresent(pipeline -> pipelines.put(service.protocol(), pipeline));
        }
        SslContext tls = ServerTls.context(keys, List.copyOf(pipelines.keySet()));
        String fallback = services.get(0).protocol();
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                InetSocketAddress client = channel.remoteAddress();
                ClientNetwork network = client == null ? null : ClientNetwork.of(client.getAddress());
                if (network == null || !handshakes.take(network)) {
                    channel.close();
                    return;
                }
                // First, because it gives the slot back as it leaves the pipeline.
                channel.pipeline().addLast(new AlpnRouter(pipelines, fallback, handshakes, network));
                channel.pipeline()
                        .addFirst(
                                SSL_HANDLER,
                                new FirstMessage(tls, pipelines.keySet(), challenges, HANDSHAKE, LAST_BYTES));
            }
        };
    }
}
