package org.jameschatmail.core.account;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A link that sets up an account in Delta Chat: {@code dclogin:ab@chat.example?p=secret&v=1&ic=3}. Everything but
 * unreserved characters (RFC 3986, section 2.3) and the {@code @} of the address is percent-encoded; a blank becomes
 * {@code %20} and a plus {@code %2B}, since the client reads the query as a form. The text form hides the link.
 *
 * @param credentials the account
 * @param imap where to find IMAP, unless the client is to find out
 * @param smtp where to find submission, unless the client is to find out
 * @param certificateCheck what to make of the server's certificate
 * @see <a href="https://github.com/deltachat/interface/blob/main/uri-schemes.md">Delta Chat URI schemes</a>
 */
public record DcloginLink(
        Credentials credentials, Optional<Endpoint> imap, Optional<Endpoint> smtp, CertificateCheck certificateCheck) {
    private static final String UNRESERVED = "-._~";

    /** How a connection is secured; the client's words are the names in lower case. */
    public enum Security {
        SSL,
        STARTTLS
    }

    /** What the client makes of the certificate. */
    public enum CertificateCheck {
        /** The client decides; nothing is written into the link. */
        AUTOMATIC,
        /** Any certificate will do, for self-signed ones. */
        ACCEPT_INVALID
    }

    /**
     * A host and port to connect to.
     *
     * @param host a name or an IP address, without brackets
     * @param port 1 to 65535
     */
    public record Endpoint(String host, int port, Security security) {}

    /** The link for a server that the client can find by itself. */
    public static DcloginLink of(Credentials credentials, CertificateCheck certificateCheck) {
        return new DcloginLink(credentials, Optional.empty(), Optional.empty(), certificateCheck);
    }

    /** The link itself. It holds the password: show it to the account's owner alone. */
    public String uri() {
        StringBuilder uri = new StringBuilder("dclogin:")
                .append(encode(Login.fold(credentials.email())).replace("%40", "@"))
                .append("?p=")
                .append(encode(credentials.password()))
                .append("&v=1");
        imap.ifPresent(endpoint -> append(uri, 'i', endpoint));
        smtp.ifPresent(endpoint -> append(uri, 's', endpoint));
        if (certificateCheck == CertificateCheck.ACCEPT_INVALID) {
            uri.append("&ic=3");
        }
        return uri.toString();
    }

    private static void append(StringBuilder uri, char protocol, Endpoint endpoint) {
        uri.append('&').append(protocol).append("h=").append(encode(endpoint.host()));
        uri.append('&').append(protocol).append("p=").append(endpoint.port());
        String security = endpoint.security().name().toLowerCase(Locale.ROOT);
        uri.append('&').append(protocol).append("s=").append(security);
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xFF);
            boolean plain = letter < 128 && (Character.isLetterOrDigit(letter) || UNRESERVED.indexOf(letter) >= 0);
            encoded.append(plain ? String.valueOf(letter) : String.format(Locale.ROOT, "%%%02X", (int) letter));
        }
        return encoded.toString();
    }

    @Override
    public String toString() {
        return "DcloginLink[***]";
    }
}
