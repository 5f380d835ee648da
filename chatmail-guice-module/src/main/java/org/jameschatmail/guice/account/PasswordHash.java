package org.jameschatmail.guice.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Slow, salted password hashes by bcrypt (Bouncy Castle), kept as the usual 60-character string {@code $2b$…}. As
 * bcrypt reads 72 bytes and no more, a longer password is first reduced by SHA-384. Stateless, thread-safe.
 */
public final class PasswordHash {
    /** For a password that a person may have invented: 2^8 rounds, about 15 ms of one core. */
    private static final int COST = 8;

    /**
     * For a password that looks like a generator's, about 1 ms: at least {@value #GENERATED_LENGTH} characters which
     * change between small letters, capitals and digits at least {@value #GENERATED_CHANGES} times. Nobody guesses it,
     * however fast the hash.
     */
    private static final int COST_WHEN_GENERATED = 4;

    private static final int GENERATED_LENGTH = 16;
    private static final int GENERATED_CHANGES = 3;

    private static final Pattern BCRYPT = Pattern.compile("\\$2b\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");
    private static final int SALT_BYTES = 16;
    private static final int BCRYPT_MAX_BYTES = 72;

    private PasswordHash() {}

    /** Hashes under a fresh salt. */
    public static String of(String password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        int cost = isGenerated(password) ? COST_WHEN_GENERATED : COST;
        return OpenBSDBCrypt.generate("2b", reduce(password), salt, cost);
    }

    private static boolean isGenerated(String password) {
        int changes = 0;
        for (int i = 1; i < password.length(); i++) {
            int before = Character.getType(password.charAt(i - 1));
            int type = Character.getType(password.charAt(i));
            if (type != before && isLetterOrDigit(type) && isLetterOrDigit(before)) {
                changes++;
            }
        }
        return password.length() >= GENERATED_LENGTH && changes >= GENERATED_CHANGES;
    }

    private static boolean isLetterOrDigit(int type) {
        return type == Character.LOWERCASE_LETTER
                || type == Character.UPPERCASE_LETTER
                || type == Character.DECIMAL_DIGIT_NUMBER;
    }

    /** Whether {@code password} is the one that {@code hash} was made of, be it ours or one of {@link ForeignHash}. */
    public static boolean matches(String hash, String password) {
        if (ForeignHash.isForeign(hash)) {
            return ForeignHash.matches(hash, password);
        }
        return BCRYPT.matcher(hash).matches() && OpenBSDBCrypt.checkPassword(hash, reduce(password));
    }

    private static byte[] reduce(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= BCRYPT_MAX_BYTES) {
            return bytes;
        }
        try {
            return Base64.getEncoder()
                    .encode(MessageDigest.getInstance("SHA-384").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-384", e);
        }
    }
}
