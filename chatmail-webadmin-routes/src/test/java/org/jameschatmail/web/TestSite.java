package org.jameschatmail.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jameschatmail.core.acme.PendingChallenges;
import org.jameschatmail.core.configuration.SmtpConfiguration;
import org.jameschatmail.web.alpn.AlpnService;
import org.jameschatmail.web.page.PageRoutes;

/** A {@link PublicWebServer} on free loopback ports, and a client that writes bytes as a test spells them. */
final class TestSite implements AutoCloseable {
    static final String DOMAIN = "chat.example";
    /** The one that can be used. */
    static final String INVITATION = "Good-_token";

    static final String LINK = "dclogin:ac1@chat.example?p=se&v=1";
    static final Offer OFFERED = new Offer.Offered("ac1@chat.example", "p\"w\\1", Optional.empty());
    static final Offer OFFERED_WITH_LINK = new Offer.Offered("ac1@chat.example", "secret-pw", Optional.of(LINK));

    /** What a request brought back. Header names are in lower case. */
    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "(none)");
        }
    }

    /** A certificate's key, and a context that presents it and trusts it. */
    record Identity(KeyManager keys, SSLContext context) {}

    private static final Identity IDENTITY = makeIdentity();
    private static final SSLContext TLS = IDENTITY.context();
    /** How many bytes {@code /large} answers. */
    static final int LARGE = 8 * 1024 * 1024;

    /** The largest message that {@code /mxdeliv} takes, and how many from one network at once. */
    static final int MAIL_SIZE = 1_000;

    static final int MAIL_CONNECTIONS = 40;

    private static final int TIMEOUT_MILLIS = 10_000;

    final List<InetAddress> clients = new CopyOnWriteArrayList<>();
    final List<Optional<String>> tokens = new CopyOnWriteArrayList<>();
    final CountDownLatch slowStarted = new CountDownLatch(1);
    final CountDownLatch slowMayEnd = new CountDownLatch(1);
    final RecordingDoor door = new RecordingDoor();
    final PendingChallenges challenges = new PendingChallenges();
    final PublicWebServer server;

    /** What the pages are told of registration. */
    volatile Admission admission = Admission.OPEN;

    private volatile Offer offer;

    private TestSite(SiteConfiguration site, Offer offer, List<AlpnService> guests, Path folder) throws IOException {
        this.offer = offer;
        AccountOffers offers = (client, token) -> {
            clients.add(client);
            tokens.add(token);
            return this.offer;
        };
        RouteTable secure = RouteTable.of(
                new AccountRoutes(offers, site),
                new PageRoutes(
                        offers, token -> token.equals(INVITATION), () -> admission, site, Optional.ofNullable(folder)),
                new DiscoveryRoutes(site, Clock.fixed(Instant.parse("2026-11-23T10:15:30Z"), ZoneOffset.UTC)),
                new MxdelivRoutes(door, new SmtpConfiguration(0, MAIL_CONNECTIONS), MAIL_SIZE),
                table -> table.get("/fault", request -> {
                    throw new IllegalStateException("ac1@chat.example is broken");
                }),
                table -> table.get("/slow", request -> {
                    slowStarted.countDown();
                    await(slowMayEnd);
                    return Answer.text(200, "slow");
                }),
                table -> table.get("/large", request -> Answer.text(200, "0123456789abcdef".repeat(LARGE / 16))),
                table -> table.post("/count", LARGE, request -> {
                    long bytes = request.getInputStream().transferTo(OutputStream.nullOutputStream());
                    return Answer.text(200, bytes + " " + request.isSecure() + " " + request.getScheme());
                }));
        RouteTable clear = RouteTable.of(new AcmeRoutes(challenges));
        PublicWebConfiguration configuration =
                new PublicWebConfiguration(List.of(InetAddress.getLoopbackAddress()), 0, 0);
        this.server =
                new PublicWebServer(configuration, site, keys(), secure, clear, guests, challenges, listener -> {});
        server.start();
    }

    static SiteConfiguration site(boolean selfSigned) {
        PrivacyContacts contacts = PrivacyContacts.from("boss@example.org", "Acme & Sons\nMain Street <1>", " ", "");
        return new SiteConfiguration(
                DOMAIN, "mx.chat.example", ServicePorts.withOffset(10_000), selfSigned, contacts, SiteLimits.DEFAULT);
    }

    static TestSite trusted() throws IOException {
        return new TestSite(site(false), OFFERED, List.of(), null);
    }

    /** With the operator's own pages. */
    static TestSite withFolder(Path folder) throws IOException {
        return new TestSite(site(false), OFFERED, List.of(), folder);
    }

    /** With {@code guests} beside HTTP on the TLS port. */
    static TestSite shared(List<AlpnService> guests) throws IOException {
        return new TestSite(site(false), OFFERED, guests, null);
    }

    static TestSite selfSigned() throws IOException {
        return new TestSite(site(true), OFFERED_WITH_LINK, List.of(), null);
    }

    void offer(Offer next) {
        this.offer = next;
    }

    Reply get(String path) throws IOException {
        return request("GET", path);
    }

    Reply request(String method, String path) throws IOException {
        return secure(method + " " + path + " HTTP/1.1\r\nHost: " + DOMAIN + "\r\nContent-Length: 0\r\n"
                + "Connection: close\r\n\r\n");
    }

    Reply secure(String request) throws IOException {
        try (Socket socket = connectTls()) {
            return exchange(socket, request);
        }
    }

    Reply clear(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            return exchange(socket, request);
        }
    }

    SSLSocket connectTls() throws IOException {
        return (SSLSocket) TLS.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.httpsPort());
    }

    /** A socket whose handshake is done. */
    SSLSocket connectTls(List<String> protocols, String... versions) throws IOException {
        SSLSocket socket = connectTls();
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        if (versions.length > 0) {
            parameters.setProtocols(versions);
        }
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    @Override
    public void close() {
        server.close();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Reply exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return parse(readAll(socket.getInputStream()));
    }

    private static String readAll(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        in.transferTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Reply parse(String reply) {
        int end = reply.indexOf("\r\n\r\n");
        if (!reply.startsWith("HTTP/1.1 ") || end < 0) {
            throw new AssertionError("not an HTTP answer: " + reply);
        }
        String[] lines = reply.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ?", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (one, two) -> one + ", " + two);
        }
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, reply.substring(end + 4));
    }

    static SSLContext context() {
        return TLS;
    }

    static KeyManager keys() {
        return IDENTITY.keys();
    }

    static Identity makeIdentity() {
        try {
            Path folder = Files.createTempDirectory("web-test");
            Path store = folder.resolve("key.p12");
            char[] password = "changeit".toCharArray();
            String keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            Process process = new ProcessBuilder(
                            keytool,
                            "-genkeypair",
                            "-alias",
                            "a",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=" + DOMAIN,
                            "-ext",
                            "san=dns:" + DOMAIN,
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "changeit",
                            "-keystore",
                            store.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("keytool failed");
            }
            KeyStore keys = KeyStore.getInstance(store.toFile(), password);
            Files.delete(store);
            Files.delete(folder);
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, password);
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            anchors.setCertificateEntry("a", keys.getCertificate("a"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            return new Identity(keyManagers.getKeyManagers()[0], context);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
