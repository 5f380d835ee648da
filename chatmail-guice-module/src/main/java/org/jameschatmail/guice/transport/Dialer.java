package org.jameschatmail.guice.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Opens connections, knows all that are open, and ends those whose time is over. Certificates are verified by the JDK's
 * roots, or those of {@code javax.net.ssl.trustStore}. Thread-safe.
 */
final class Dialer implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MAX_ADDRESSES = 4;

    private final SSLContext known;
    private final SSLContext any;
    private final Set<Wire> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor watchdog;
    private volatile boolean closed;

    Dialer() {
        try {
            this.known = SSLContext.getInstance("TLS");
            known.init(null, null, null);
            this.any = SSLContext.getInstance("TLS");
            any.init(null, new TrustManager[] {new AnyCertificate()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS can't be set up", e);
        }
        this.watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "outgoing-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        this.watchdog.setRemoveOnCancelPolicy(true);
    }

    /** Ends the watch over something that was done in time. */
    @FunctionalInterface
    interface Limit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Connects to the first address of a host that answers.
     *
     * @throws IOException when none does
     */
    Wire dial(RemoteHost host, int port) throws IOException {
        IOException last = new IOException("The host has no address");
        int tries = 0;
        for (InetAddress address : host.addresses()) {
            if (closed || tries++ == MAX_ADDRESSES) {
                break;
            }
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), (int) CONNECT.toMillis());
                return register(new Wire(host, socket, this));
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private Wire register(Wire wire) throws IOException {
        open.add(wire);
        if (closed) {
            wire.close();
            throw new IOException("The server stops");
        }
        return wire;
    }

    void forget(Wire wire) {
        open.remove(wire);
    }

    SSLContext tls(RemoteHost host) {
        return host.known() ? known : any;
    }

    Limit limit(Wire wire, Duration patience) {
        if (closed) {
            wire.close();
            return () -> {};
        }
        Future<?> end = watchdog.schedule(wire::close, patience.toMillis(), TimeUnit.MILLISECONDS);
        return () -> end.cancel(false);
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends all connections. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Wire::close);
        watchdog.shutdownNow();
    }
}
