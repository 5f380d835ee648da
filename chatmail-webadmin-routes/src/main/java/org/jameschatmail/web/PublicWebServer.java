package org.jameschatmail.web;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.core.network.TrustedProxies;
import org.jameschatmail.web.alpn.AlpnService;
import org.jameschatmail.web.alpn.ConnectionSlots;
import org.jameschatmail.web.alpn.TlsPort;
import org.jameschatmail.web.jetty.NettyConnector;

/**
 * The public web server: HTTPS that answers from a {@link RouteTable}, and cleartext HTTP that redirects to it. A path
 * named in the cleartext table (an ACME challenge, say) is answered there instead. Threads, connections, header sizes
 * and idle times are bounded; a failing request costs its own connection at most.
 *
 * <p>The HTTPS port takes in other protocols as guests, which clients choose by ALPN.
 *
 * <p>Certificates are swapped inside the {@link KeyManager} by whoever made it; nothing is restarted here. One start
 * and one stop for each instance; the methods may be called from any thread, one at a time.
 */
public final class PublicWebServer implements AutoCloseable {
    private static final int WORKERS = 8;
    private static final int UPLOAD_WORKERS = 64;
    private static final int CONNECTIONS = 1_000;
    private static final int CONNECTIONS_PER_NETWORK = 200;
    private static final int HEADER_BYTES = 8_192;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int MINIMUM_BYTES_PER_SECOND = 256;
    private static final int BACKLOG = 128;
    private static final String HTTP = "http/1.1";

    private final TrustedProxies proxies;
    private final Server server;
    private final ExecutorService uploads;
    private final List<ServerConnector> cleartext = new ArrayList<>();
    private final List<InetAddress> addresses;
    private final int httpsPort;
    private final TlsPort secure;
    private volatile boolean started;

    /**
     * @param keys          present our certificate
     * @param secureRoutes  what HTTPS answers
     * @param clearRoutes   what cleartext HTTP answers itself, instead of redirecting
     * @param guests        what the HTTPS port serves beside HTTP
     * @param challenges    what a certificate authority may ask in a handshake of the HTTPS port
     * @param finish        told of the listener of the HTTPS port before it is bound
     */
    public PublicWebServer(
            PublicWebConfiguration configuration,
            SiteConfiguration site,
            KeyManager keys,
            RouteTable secureRoutes,
            RouteTable clearRoutes,
            List<AlpnService> guests,
            PendingChallenges challenges,
            Consumer<ServerBootstrap> finish) {
        this.proxies = configuration.proxies();
        this.addresses = ListenAddresses.bindable(configuration.bindAddresses());
        this.server = new Server(threads(addresses.size()));
        this.uploads = uploadThreads();
        for (InetAddress address : addresses) {
            cleartext.add(clearConnector(address, configuration.httpPort()));
        }
        server.addBean(new ConnectionLimit(CONNECTIONS, cleartext.toArray(ServerConnector[]::new)));
        NettyConnector http = secureConnector();
        AlpnService https = new AlpnService(HTTP, () -> Optional.of(http.pipeline()));
        this.httpsPort = configuration.httpsPort();
        this.secure = new TlsPort(
                keys, slots(), Stream.concat(Stream.of(https), guests.stream()).toList(), challenges, finish);
        server.setErrorHandler(new PlainErrorHandler());
        // Counts the running requests, so that a stop can wait for them.
        StatisticsHandler running = new StatisticsHandler();
        running.setHandler(new AnswerHandler(secureRoutes, clearRoutes, new HttpsRedirect(site), uploads));
        server.setHandler(running);
        server.setStopTimeout(STOP.toMillis());
    }

    /**
     * Binds every port, or none.
     *
     * @throws IOException where a port is taken or may not be bound; the message names it
     */
    public void start() throws IOException {
        try {
            server.start();
            secure.open(addresses, httpsPort);
            started = true;
        } catch (Exception e) {
            close();
            String reason = e.getCause() == null
                    ? e.getMessage()
                    : e.getMessage() + ": " + e.getCause().getMessage();
            throw new IOException("The web server does not start: " + reason, e);
        }
    }

    /** Whether all its ports are open, which are the last that the server opens. */
    public boolean isStarted() {
        return started;
    }

    /** Lets running requests end within five seconds. Harmless when it is stopped already. */
    @Override
    public void close() {
        started = false;
        try (secure) {
            secure.stopAccepting();
            server.stop();
            server.destroy();
            uploads.shutdown();
        } catch (Exception e) {
            throw new IllegalStateException("The web server does not stop", e);
        }
    }

    /** The cleartext port of the first address, as really bound. */
    public int httpPort() {
        return cleartext.get(0).getLocalPort();
    }

    /** The TLS port of the first address, as really bound. */
    public int httpsPort() {
        return secure.port();
    }

    private static ConnectionSlots slots() {
        return new ConnectionSlots(CONNECTIONS, CONNECTIONS_PER_NETWORK);
    }

    private NettyConnector secureConnector() {
        NettyConnector connector = new NettyConnector(server, new HttpConnectionFactory(http(true)), slots());
        connector.setName(AnswerHandler.SECURE);
        server.addConnector(connector);
        return connector;
    }

    private ServerConnector clearConnector(InetAddress address, int port) {
        // No acceptor thread: the one selector of a connector accepts as well.
        HttpConnectionFactory http = new HttpConnectionFactory(http(false));
        ServerConnector connector = new ServerConnector(server, null, null, null, 0, 1, ProxiedHttp.in(http, proxies));
        connector.setName(AnswerHandler.CLEAR);
        connector.setHost(address.getHostAddress());
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setReuseAddress(true);
        server.addConnector(connector);
        return connector;
    }

    private static QueuedThreadPool threads(int selectors) {
        int size = selectors + WORKERS;
        QueuedThreadPool pool = new QueuedThreadPool(size, Math.min(size, selectors + 2));
        pool.setName("web");
        pool.setDaemon(true);
        return pool;
    }

    /** Each upload waits here twice at most, and there are no more of them than connections. */
    private static ExecutorService uploadThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                UPLOAD_WORKERS,
                UPLOAD_WORKERS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(2 * CONNECTIONS),
                new DefaultThreadFactory("web-upload", true));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private HttpConfiguration http(boolean tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setResponseHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setIdleTimeout(IDLE.toMillis());
        http.setMinResponseDataRate(MINIMUM_BYTES_PER_SECOND);
        if (tls) {
            // No least rate of requests: it would count the time that a body waits for us. Uploads have a limit.
            // The connector's channels are decrypted already. Which name the client asked TLS for doesn't matter.
            http.addCustomizer((connector, configuration, request) -> {
                request.setScheme(HttpScheme.HTTPS.asString());
                request.setSecure(true);
                setClient(request);
            });
        } else {
            http.setMinRequestDataRate(MINIMUM_BYTES_PER_SECOND);
        }
        return http;
    }

    /** Whom a proxy speaks for by a header; a proxy that says it in front of the connection has been heard already. */
    private void setClient(Request request) {
        InetSocketAddress peer = request.getRemoteInetSocketAddress();
        if (peer != null && proxies.trusts(peer.getAddress())) {
            List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
            request.setRemoteAddr(new InetSocketAddress(proxies.client(peer.getAddress(), forwarded), peer.getPort()));
        }
    }
}
