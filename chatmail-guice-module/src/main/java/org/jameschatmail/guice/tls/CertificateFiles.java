package org.jameschatmail.guice.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jameschatmail.protocols.tls.PemFile;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.jameschatmail.protocols.tls.UnusableCertificateException;

/**
 * {@code tls.mode=files}: certificate and key lie where the operator, or a tool like certbot, puts them. Read anew each
 * time, so that changed files are taken up. Immutable.
 *
 * @param certificateFile key {@code tls.certificate}: PEM, the server's certificate first, then the intermediates
 * @param privateKeyFile  key {@code tls.private-key}: PEM, not encrypted
 */
public record CertificateFiles(Path certificateFile, Path privateKeyFile) implements CertificateSource {
    /** The configuration keys, as messages name them. */
    static final String CERTIFICATE_KEY = "tls.certificate";

    static final String PRIVATE_KEY_KEY = "tls.private-key";

    @Override
    public TlsIdentity obtain(Clock clock) throws IOException {
        List<X509Certificate> chain =
                PemFile.read(CERTIFICATE_KEY, certificateFile).chain();
        PrivateKey privateKey = PemFile.read(PRIVATE_KEY_KEY, privateKeyFile).privateKey();
        TlsIdentity identity = join(privateKey, chain);
        Instant now = clock.instant();
        if (now.isAfter(identity.notAfter())) {
            throw new UnusableCertificateException(
                    CERTIFICATE_KEY + ": the certificate in " + certificateFile + " expired on " + identity.notAfter());
        }
        if (now.isBefore(identity.notBefore())) {
            throw new UnusableCertificateException(CERTIFICATE_KEY + ": the certificate in " + certificateFile
                    + " is valid only from " + identity.notBefore());
        }
        return identity;
    }

    private TlsIdentity join(PrivateKey privateKey, List<X509Certificate> chain) throws IOException {
        try {
            return new TlsIdentity(privateKey, chain);
        } catch (IllegalArgumentException e) {
            throw new UnusableCertificateException(
                    CERTIFICATE_KEY + ", " + PRIVATE_KEY_KEY + ": " + e.getMessage() + " (" + certificateFile + ", "
                            + privateKeyFile + ")",
                    e);
        }
    }
}
