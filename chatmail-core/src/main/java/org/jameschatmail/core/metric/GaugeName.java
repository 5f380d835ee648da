package org.jameschatmail.core.metric;

/** Every gauge of ours that James' registry knows; the others are read from the database when somebody asks. */
public enum GaugeName {
    CERTIFICATE_DAYS("chatmail.certificate.days.left", MetricFamily.CERTIFICATE_DAYS),
    EXPIRED_BYTES("chatmail.expiry.octets", MetricFamily.EXPIRED_BYTES),
    EXPIRY_WORK("chatmail.expiry.day.seconds", MetricFamily.EXPIRY_WORK),
    EXPIRY_BACKLOG("chatmail.expiry.backlog.seconds", MetricFamily.EXPIRY_BACKLOG);

    private final String internal;
    private final MetricFamily family;

    GaugeName(String internal, MetricFamily family) {
        this.internal = internal;
        this.family = family;
    }

    /** Its name in James. */
    public String internal() {
        return internal;
    }

    public MetricFamily family() {
        return family;
    }
}
