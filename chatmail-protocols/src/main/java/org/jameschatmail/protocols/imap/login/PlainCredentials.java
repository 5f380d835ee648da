package org.jameschatmail.protocols.imap.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import org.apache.james.core.Username;

/**
 * The credentials of one SASL PLAIN message: base64 of {@code [authzid] NUL authcid NUL password}. Nobody may act for
 * somebody else, so that an authorization identity must be absent or the login itself. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4616#section-2">RFC 4616, section 2</a>
 */
record PlainCredentials(Username username, String password) {
    private static final int PARTS = 3;

    /** Empty when the message is malformed, or asks to act for somebody else. */
    static Optional<PlainCredentials> parse(String base64) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(base64), UTF_8).split("\0", -1);
            if (parts.length != PARTS) {
                return Optional.empty();
            }
            Username username = Username.of(parts[1]);
            if (!parts[0].isEmpty() && !Username.of(parts[0]).equals(username)) {
                return Optional.empty();
            }
            return Optional.of(new PlainCredentials(username, parts[2]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "PlainCredentials";
    }
}
