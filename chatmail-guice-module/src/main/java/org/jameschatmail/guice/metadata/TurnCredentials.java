package org.jameschatmail.guice.metadata;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jameschatmail.core.configuration.TurnServer;

/**
 * Time-limited passwords for a TURN server that shares a secret with us: the user name is the time they end, the
 * password its HMAC-SHA1 in base64, as coturn's {@code use-auth-secret} checks it.
 */
final class TurnCredentials {
    /** Clients renew 12 hours before the end. */
    private static final Duration LIFETIME = Duration.ofDays(2);

    private static final String ALGORITHM = "HmacSHA1";

    private TurnCredentials() {}

    /** {@code host:port:unixexpiry:password}, as Delta Chat reads it. */
    static String issue(TurnServer server, Instant now) {
        String expiry = Long.toString(now.plus(LIFETIME).getEpochSecond());
        return "%s:%d:%s:%s".formatted(server.host(), server.port(), expiry, password(server.secret(), expiry));
    }

    private static String password(String secret, String userName) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(userName.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
