package org.jameschatmail.guice.account;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.james.core.Username;

/**
 * Remembers which password was last verified for an account, as an HMAC under a key that lives as long as the
 * process: a login of a known account costs microseconds, and the memory holds nothing that could be cracked
 * elsewhere. Bounded in number and in time. Thread-safe.
 */
final class VerifiedCredentials {
    private static final int MAX_ACCOUNTS = 100_000;
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Cache<Username, byte[]> digests = CacheBuilder.newBuilder()
            .maximumSize(MAX_ACCOUNTS)
            .expireAfterWrite(LIFETIME)
            .build();

    VerifiedCredentials(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Whether these very credentials were verified within the lifetime. */
    boolean contains(Username name, String password) {
        byte[] known = digests.getIfPresent(name);
        return known != null && MessageDigest.isEqual(known, digest(name, password));
    }

    void remember(Username name, String password) {
        digests.put(name, digest(name, password));
    }

    void forget(Username name) {
        digests.invalidate(name);
    }

    private byte[] digest(Username name, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.asString().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
