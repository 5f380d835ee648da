package org.jameschatmail.guice.acme;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jameschatmail.guice.tls.CertificateSource;
import org.jameschatmail.guice.tls.SelfSignedCertificate;
import org.jameschatmail.protocols.tls.TlsIdentity;

/**
 * {@code tls.mode=acme}: what the authority gave last, even when it has expired, for an old certificate is better than
 * one that nobody has signed. Until there is one, a certificate that the server makes for itself. Who orders is
 * {@link CertificateRenewal}.
 */
public final class AcmeCertificate implements CertificateSource {
    private final AcmeFiles files;
    private final SelfSignedCertificate standIn;

    /** @param standIn for the time until there is a certificate of the authority */
    public AcmeCertificate(AcmeFiles files, SelfSignedCertificate standIn) {
        this.files = files;
        this.standIn = standIn;
    }

    @Override
    public TlsIdentity obtain(Clock clock) throws IOException {
        Optional<TlsIdentity> present = files.identity();
        if (present.isPresent() && !AcmeFiles.isStandIn(present.get())) {
            return present.get();
        }
        TlsIdentity made = standIn.obtain(clock);
        if (!present.equals(Optional.of(made))) {
            files.present(made);
        }
        return made;
    }

    @Override
    public Path certificateFile() {
        return files.identityFile();
    }

    @Override
    public Path privateKeyFile() {
        return files.identityFile();
    }
}
