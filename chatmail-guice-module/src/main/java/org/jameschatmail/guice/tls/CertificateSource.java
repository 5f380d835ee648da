package org.jameschatmail.guice.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.jameschatmail.protocols.tls.UnusableCertificateException;

/**
 * Where the server's certificate comes from, one implementation for each {@code tls.mode}. Used by one thread at a
 * time.
 */
public interface CertificateSource {
    /**
     * The identity to present now, made or renewed first where that is due and this source can do it. Called once
     * before any listener opens, and periodically from then on.
     *
     * @throws UnusableCertificateException where what is configured can't be used, an expired certificate included
     * @throws IOException                  where files can't be read or written
     */
    TlsIdentity obtain(Clock clock) throws IOException;

    /** The PEM file of the certificate chain, for listeners that read files themselves. */
    Path certificateFile();

    /** The PEM file of the private key. */
    Path privateKeyFile();
}
