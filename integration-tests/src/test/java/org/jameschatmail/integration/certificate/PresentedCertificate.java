package org.jameschatmail.integration.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import org.jameschatmail.integration.wire.TrustAll;

/** What a server on loopback shows to whoever connects. */
final class PresentedCertificate {
    private static final int PATIENCE_MILLIS = 30_000;

    private PresentedCertificate() {}

    static X509Certificate at(int port) {
        try (SSLSocket socket = (SSLSocket)
                TrustAll.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether pebble gave it. */
    static boolean isCertified(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName().contains("Pebble Intermediate CA");
    }
}
