package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of a certificate authority on the port of all protocols (RFC 8737). */
class AuthorityOnSharedPortTest {
    private static final String AUTHORITY = "acme-tls/1";
    private static final SSLContext PROOF = TestSite.makeIdentity().context();
    private static final SSLContext TRUSTING = trusting();

    private TestSite site;

    @BeforeEach
    void start() throws IOException {
        site = TestSite.trusted();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void proofShouldBeShownWhenAnAuthorityAsks(String version) throws IOException {
        site.challenges.offerHandshake("chat.example", PROOF);

        try (SSLSocket socket = connect("Chat.example", version, AUTHORITY)) {
            assertThat(socket.getApplicationProtocol()).isEqualTo(AUTHORITY);
            assertThat(certificate(socket)).isNotEqualTo(ours());
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void othersShouldBeServedWhenAnAuthorityIsExpected() throws IOException {
        Certificate ours = ours();
        site.challenges.offerHandshake("chat.example", PROOF);

        assertThat(ours()).isEqualTo(ours);
        assertThat(site.get("/").status()).isEqualTo(200);
        try (SSLSocket socket = connect("chat.example", "TLSv1.3", "http/1.1", AUTHORITY)) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
            assertThat(certificate(socket)).isEqualTo(ours);
        }
    }

    @Test
    void authorityShouldBeRefusedWhenItIsNotExpected() {
        assertThatThrownBy(() -> connect("chat.example", "TLSv1.3", AUTHORITY))
                .isInstanceOf(SSLHandshakeException.class);
        site.challenges.offerHandshake("chat.example", PROOF);
        assertThatThrownBy(() -> connect("other.example", "TLSv1.3", AUTHORITY))
                .isInstanceOf(SSLHandshakeException.class);
        site.challenges.clear();
        assertThatThrownBy(() -> connect("chat.example", "TLSv1.3", AUTHORITY))
                .isInstanceOf(SSLHandshakeException.class);
    }

    private Certificate ours() throws IOException {
        try (SSLSocket socket = connect("chat.example", "TLSv1.3")) {
            return certificate(socket);
        }
    }

    private static Certificate certificate(SSLSocket socket) throws IOException {
        return socket.getSession().getPeerCertificates()[0];
    }

    private SSLSocket connect(String name, String version, String... protocols) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), site.server.httpsPort());
        plain.setSoTimeout(10_000);
        SSLSocket socket = (SSLSocket) TRUSTING.getSocketFactory().createSocket(plain, "localhost", 0, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setApplicationProtocols(protocols);
        parameters.setProtocols(new String[] {version});
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static final class AnyCertificate implements X509TrustManager {
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
