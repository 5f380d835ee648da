package org.jameschatmail.guice.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Salted password hashes, each a string that names its algorithm, cost and salt.
 *
 * <ul>
 *   <li>For a password that a person may have invented: bcrypt (Bouncy Castle), {@code $2b$…}, about 15 ms of one core.
 *       As bcrypt reads 72 bytes and no more, a longer password is first reduced by SHA-384.
 *   <li>For one that looks like a generator's: PBKDF2 with HMAC-SHA-256 (the JDK's), written as passlib does,
 *       {@code $pbkdf2-sha256$ROUNDS$SALT$KEY}, about 0.3 ms. Nobody guesses such a password, however fast the hash.
 * </ul>
 *
 * Stateless, thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8018#section-5.2">RFC 8018, 5.2, PBKDF2</a>
 */
public final class PasswordHash {
    /** 2^8 rounds. */
    private static final int COST = 8;

    private static final Pattern BCRYPT = Pattern.compile("\\$2b\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");
    private static final int BCRYPT_MAX_BYTES = 72;

    /** The least that RFC 8018 recommends. */
    private static final int ROUNDS = 1000;

    private static final String PBKDF2 = "$pbkdf2-sha256$";
    private static final Pattern PBKDF2_HASH = Pattern.compile(
            "\\$pbkdf2-sha256\\$(?<rounds>[1-9][0-9]{3,5})\\$(?<salt>[./A-Za-z0-9]{22})\\$(?<key>[./A-Za-z0-9]{43})");

    private static final int KEY_BITS = 256;
    private static final int SALT_BYTES = 16;

    private PasswordHash() {}

    /** Hashes under a fresh salt. */
    public static String of(String password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        if (GeneratedPassword.looksLikeOne(password)) {
            return PBKDF2 + ROUNDS + '$' + encode(salt) + '$' + encode(derive(password, salt, ROUNDS));
        }
        return OpenBSDBCrypt.generate("2b", reduce(password), salt, COST);
    }

    /** Whether {@code password} is the one that {@code hash} was made of, be it ours or one of {@link ForeignHash}. */
    public static boolean matches(String hash, String password) {
        if (ForeignHash.isForeign(hash)) {
            return ForeignHash.matches(hash, password);
        }
        Matcher pbkdf2 = PBKDF2_HASH.matcher(hash);
        if (pbkdf2.matches()) {
            byte[] key = derive(password, decode(pbkdf2.group("salt")), Integer.parseInt(pbkdf2.group("rounds")));
            return MessageDigest.isEqual(key, decode(pbkdf2.group("key")));
        }
        return BCRYPT.matcher(hash).matches() && OpenBSDBCrypt.checkPassword(hash, reduce(password));
    }

    private static byte[] derive(String password, byte[] salt, int rounds) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, KEY_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** Base 64 as passlib writes it: a dot for the plus, no padding. */
    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes).replace('+', '.');
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text.replace('.', '+'));
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
