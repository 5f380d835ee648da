package org.jameschatmail.integration.deltachat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import org.jameschatmail.integration.server.ChatmailServer;

/**
 * Invented credentials for a server under test, and the {@code dclogin:} link that makes a core use them. The account
 * comes into being with the first login.
 */
public record LoginLink(String address, String password) {
    private static final String LOCALPART_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LOCALPART_LENGTH = 9;
    private static final int PASSWORD_LENGTH = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static LoginLink invent(String domain) {
        return new LoginLink(characters(LOCALPART_LENGTH) + "@" + domain, characters(PASSWORD_LENGTH));
    }

    private static String characters(int count) {
        return RANDOM.ints(count, 0, LOCALPART_CHARACTERS.length())
                .mapToObj(index -> LOCALPART_CHARACTERS.substring(index, index + 1))
                .collect(Collectors.joining());
    }

    /** TLS from the first byte, on the ports for it. */
    public String overTls(ChatmailServer server) {
        return link("ssl", server.ports().imaps(), server.ports().submissions());
    }

    /** STARTTLS on the ports for it. */
    public String overStartTls(ChatmailServer server) {
        return link("starttls", server.ports().imap(), server.ports().submission());
    }

    /** IMAP and SMTP both on the HTTPS port, told apart by ALPN. */
    public String overHttpsPort(ChatmailServer server) {
        return link("ssl", server.ports().https(), server.ports().https());
    }

    /** IMAP in the clear on a port that passes it on to the server, SMTP as {@link #overTls}. */
    public String overRelayedImap(int imapPort, ChatmailServer server) {
        return link("plain", imapPort, "ssl", server.ports().submissions());
    }

    private String link(String security, int imapPort, int smtpPort) {
        return link(security, imapPort, security, smtpPort);
    }

    private String link(String imapSecurity, int imapPort, String smtpSecurity, int smtpPort) {
        // ic=3: the certificate is self-signed.
        return "dclogin:%s?p=%s&v=1&ih=127.0.0.1&ip=%d&is=%s&sh=127.0.0.1&sp=%d&ss=%s&ic=3"
                .formatted(
                        address,
                        URLEncoder.encode(password, StandardCharsets.UTF_8),
                        imapPort,
                        imapSecurity,
                        smtpPort,
                        smtpSecurity);
    }
}
