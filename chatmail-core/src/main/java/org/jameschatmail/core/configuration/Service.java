package org.jameschatmail.core.configuration;

/** What listens, with its well-known TCP port. The real port is this plus {@code port.offset}. */
public enum Service {
    SMTP(25),
    HTTP(80),
    IMAP(143),
    HTTPS(443),
    SUBMISSIONS(465),
    SUBMISSION(587),
    IMAPS(993),
    WEBADMIN(8000);

    private final int wellKnownPort;

    Service(int wellKnownPort) {
        this.wellKnownPort = wellKnownPort;
    }

    /** The port without any offset. */
    public int wellKnownPort() {
        return wellKnownPort;
    }
}
