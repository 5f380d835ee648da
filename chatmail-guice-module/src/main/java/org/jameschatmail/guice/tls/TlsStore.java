package org.jameschatmail.guice.tls;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import org.jameschatmail.core.acme.CertificateEnd;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the certificate that every listener presents. The one {@link KeyManager} handed out stays the same for the
 * life of the server; the certificate in it is swapped between two handshakes, so that no listener is ever reopened.
 * Thread-safe.
 */
public final class TlsStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(TlsStore.class);

    private static final Duration WARNED_EVERY = Duration.ofDays(1);

    private final CertificateSource source;
    private final SwappableKeyManager keyManager;
    private String trouble = "";
    private Instant warned = Instant.MIN;

    private TlsStore(CertificateSource source, TlsIdentity identity) {
        this.source = source;
        this.keyManager = new SwappableKeyManager(identity);
    }

    /**
     * Takes the first identity from {@code source}.
     *
     * @throws IOException where there is none to start with; the message is meant for the operator
     */
    public static TlsStore open(CertificateSource source, Clock clock) throws IOException {
        return new TlsStore(source, source.obtain(clock));
    }

    /** For servers: presents our certificate. */
    public KeyManager keyManager() {
        return keyManager;
    }

    /** What is presented now. */
    public TlsIdentity identity() {
        return keyManager.identity();
    }

    /**
     * Renews the certificate or takes up changed files. On trouble the present certificate stays, and the operator is
     * told once. Cheap enough to be called every minute.
     *
     * @return whether another certificate is presented from now on
     */
    public synchronized boolean refresh(Clock clock) {
        boolean swapped = swapIfChanged(clock);
        warnOfEnd(clock.instant());
        return swapped;
    }

    private boolean swapIfChanged(Clock clock) {
        try {
            TlsIdentity next = source.obtain(clock);
            trouble = "";
            if (next.chain().equals(identity().chain())) {
                return false;
            }
            keyManager.swap(next);
            LOGGER.info("A new certificate is in use, valid until {}", next.notAfter());
            return true;
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(trouble)) {
                trouble = message;
                LOGGER.warn(
                        "The certificate valid until {} stays in use: {}",
                        identity().notAfter(),
                        message);
            }
            return false;
        }
    }

    /** Once a day while the end is near: then whoever renews it has had trouble for a while. */
    private void warnOfEnd(Instant now) {
        if (CertificateEnd.of(identity().certificate()).isNear(now)
                && now.minus(WARNED_EVERY).isAfter(warned)) {
            warned = now;
            LOGGER.warn(
                    "The certificate in use ends on {}, and there is no other yet",
                    identity().notAfter());
        }
    }
}
