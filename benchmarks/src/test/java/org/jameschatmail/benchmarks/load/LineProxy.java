package org.jameschatmail.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jameschatmail.benchmarks.load.wire.Endpoint;

/**
 * Stands between client and server, both with TLS, and changes lines on their way: what comes out empty is dropped. For
 * tests that need a server which does wrong. Thread-safe as far as the changes are.
 */
final class LineProxy implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SSLContext context;
    private final SSLServerSocket listener;
    private final Endpoint server;
    private final UnaryOperator<String> toServer;
    private final UnaryOperator<String> toClient;

    LineProxy(byte[] keyStore, Endpoint server, UnaryOperator<String> toServer, UnaryOperator<String> toClient)
            throws IOException, GeneralSecurityException {
        this.server = server;
        this.toServer = toServer;
        this.toClient = toClient;
        this.context = context(keyStore);
        this.listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    private static SSLContext context(byte[] keyStore) throws IOException, GeneralSecurityException {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(keyStore), password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), new TrustManager[] {new Trusting()}, null);
        return context;
    }

    Endpoint endpoint() {
        return Endpoint.loopback(listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket upstream = context.getSocketFactory().createSocket(server.host(), server.port());
                threads.execute(() -> pass(client, upstream, toServer));
                threads.execute(() -> pass(upstream, client, toClient));
            } catch (IOException e) {
                // Closed, or the server is gone: the client notices.
            }
        }
    }

    private static void pass(Socket from, Socket to, UnaryOperator<String> change) {
        try (from;
                to) {
            InputStream input = new BufferedInputStream(from.getInputStream());
            OutputStream output = new BufferedOutputStream(to.getOutputStream());
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int octet = input.read(); octet >= 0; octet = input.read()) {
                line.write(octet);
                if (octet == '\n') {
                    String changed = change.apply(line.toString(StandardCharsets.ISO_8859_1));
                    output.write(changed.getBytes(StandardCharsets.ISO_8859_1));
                    line.reset();
                }
                if (input.available() == 0) {
                    output.flush();
                }
            }
        } catch (IOException e) {
            // One side is gone, and so is the other now.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
