package org.jameschatmail.core.zone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The policy by which other servers send to us over verified TLS alone: the text at {@code /.well-known/mta-sts.txt}, and
 * the id of its record, which changes with the text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-3">RFC 8461, section 3</a>
 * @param host the only mail host
 */
public record MtaStsPolicy(String host) {
    private static final long MAX_AGE_SECONDS = 2_419_200;
    private static final int ID_OCTETS = 10;

    public String text() {
        return String.join("\r\n", "version: STSv1", "mode: enforce", "mx: " + host, "max_age: " + MAX_AGE_SECONDS, "");
    }

    /** Letters and digits, 20 of them. */
    public String id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, ID_OCTETS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK can do this", e);
        }
    }
}
