package org.jameschatmail.guice.transport;

/**
 * The ports of other servers: 25 and 443. Tests on loopback, where those aren't to be had, move them by the system
 * properties {@code chatmail.remote.smtp-port} and {@code chatmail.remote.https-port}.
 */
record RemotePorts(int smtp, int https) {
    private static final int SMTP = 25;
    private static final int HTTPS = 443;

    static RemotePorts ofSystem() {
        return new RemotePorts(
                Integer.getInteger("chatmail.remote.smtp-port", SMTP),
                Integer.getInteger("chatmail.remote.https-port", HTTPS));
    }
}
