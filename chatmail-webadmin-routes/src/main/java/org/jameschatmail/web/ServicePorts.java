package org.jameschatmail.web;

/**
 * The ports that clients are told to use, each with the offset already added. Immutable.
 *
 * @param imap        IMAP with STARTTLS
 * @param imaps       IMAP on TLS
 * @param submission  SMTP submission with STARTTLS
 * @param submissions SMTP submission on TLS
 * @param https       HTTPS, and by ALPN IMAP and SMTP submission
 */
public record ServicePorts(int imap, int imaps, int submission, int submissions, int https) {
    /** As registered with IANA. */
    public static final ServicePorts DEFAULT = new ServicePorts(143, 993, 587, 465, 443);

    public ServicePorts {
        checkPort("imap", imap);
        checkPort("imaps", imaps);
        checkPort("submission", submission);
        checkPort("submissions", submissions);
        checkPort("https", https);
    }

    /** The registered ports, each plus {@code offset}. */
    public static ServicePorts withOffset(int offset) {
        return new ServicePorts(
                DEFAULT.imap + offset,
                DEFAULT.imaps + offset,
                DEFAULT.submission + offset,
                DEFAULT.submissions + offset,
                DEFAULT.https + offset);
    }

    private static void checkPort(String name, int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + name + " is outside 1 to 65535: " + port);
        }
    }
}
