package org.jameschatmail.core.acme;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** The time of a certificate, of any authority or none. Immutable. */
public record CertificateEnd(Instant notBefore, Instant notAfter) {
    private static final Duration SOON = Duration.ofDays(14);
    private static final int PART = 4;

    public static CertificateEnd of(X509Certificate certificate) {
        return new CertificateEnd(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Whether somebody should look why it wasn't renewed: two weeks before the end, or a quarter of a short life. */
    public boolean isNear(Instant now) {
        Duration quarter = Duration.between(notBefore, notAfter).dividedBy(PART);
        return now.plus(quarter.compareTo(SOON) < 0 ? quarter : SOON).isAfter(notAfter);
    }

    /** Days and parts of them; negative after the end. */
    public double daysLeft(Instant now) {
        return (double) Duration.between(now, notAfter).toSeconds()
                / Duration.ofDays(1).toSeconds();
    }
}
