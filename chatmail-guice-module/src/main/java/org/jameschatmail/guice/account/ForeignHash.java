package org.jameschatmail.guice.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * Password hashes that other servers made: SHA-512 of crypt(3), {@code $6$…}, and bcrypt. A user who comes from there
 * keeps the hash until the first login, which replaces it by one of ours. Stateless, thread-safe.
 *
 * @see <a href="https://www.akkadia.org/drepper/SHA-crypt.txt">Unix crypt using SHA-256 and SHA-512</a>
 */
public final class ForeignHash {
    private static final Pattern SHA512_CRYPT = Pattern.compile(
            "(?:\\{SHA512-CRYPT})?(\\$6\\$(?:rounds=(?<rounds>[0-9]{1,9})\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{86})");
    private static final Pattern BCRYPT =
            Pattern.compile("(?:bcrypt:|\\{BLF-CRYPT})?\\$2[aby](\\$(?<cost>[0-9]{2})\\$[./A-Za-z0-9]{53})");

    /** What a hash may cost, so that nobody's login takes a core for long: about a fifth of a second. */
    private static final int MAX_ROUNDS = 100_000;

    /** About three quarters of a second. */
    private static final int MAX_COST = 13;

    private static final int MIN_COST = 4;

    /** Marks a bcrypt hash that isn't ours: we write {@code $2b}, and the algorithm is the same. */
    private static final String FOREIGN_BCRYPT = "$2y";

    private static final String CRYPT_BCRYPT_2A = "$2a$";
    private static final int BCRYPT_BYTES = 72;
    private static final String CRYPT = "$6$";

    /** The longest password that crypt(3) takes, without its final NUL. */
    private static final int CRYPT_BYTES = 511;

    private ForeignHash() {}

    /**
     * Reads a hash as other servers write it: with the scheme in front, as Dovecot and maddy do, or without.
     *
     * @return as it is to be stored; empty when it is none that can be verified, or one that costs too much
     */
    public static Optional<String> parse(String text) {
        Matcher sha512 = SHA512_CRYPT.matcher(text);
        if (sha512.matches()) {
            String rounds = sha512.group("rounds");
            boolean affordable = rounds == null || Integer.parseInt(rounds) <= MAX_ROUNDS;
            return affordable ? Optional.of(sha512.group(1)) : Optional.empty();
        }
        Matcher bcrypt = BCRYPT.matcher(text);
        if (bcrypt.matches()) {
            int cost = Integer.parseInt(bcrypt.group("cost"));
            boolean affordable = cost >= MIN_COST && cost <= MAX_COST;
            return affordable ? Optional.of(FOREIGN_BCRYPT + bcrypt.group(1)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** Whether a stored hash is another server's. */
    static boolean isForeign(String stored) {
        return stored.startsWith(CRYPT) || stored.startsWith(FOREIGN_BCRYPT) || stored.startsWith(CRYPT_BCRYPT_2A);
    }

    /** Whether this is the password; false for what isn't a foreign hash. */
    static boolean matches(String stored, String password) {
        Optional<String> hash = parse(stored);
        if (hash.isEmpty()) {
            return false;
        }
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return stored.startsWith(CRYPT) ? matchesCrypt(hash.get(), bytes) : matchesBcrypt(hash.get(), bytes);
    }

    /** crypt(3) takes no long password, and its time grows with the square of the length. */
    private static boolean matchesCrypt(String hash, byte[] password) {
        if (password.length > CRYPT_BYTES) {
            return false;
        }
        byte[] made = Sha2Crypt.sha512Crypt(password, hash.substring(0, hash.lastIndexOf('$')))
                .getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(digestOf(made), digestOf(hash.getBytes(StandardCharsets.US_ASCII)));
    }

    /** What is behind the salt: fewer than 1000 rounds count as 1000, and are written so. */
    private static byte[] digestOf(byte[] hash) {
        return Arrays.copyOfRange(hash, hash.length - 86, hash.length);
    }

    /** Others cut a longer password off. */
    private static boolean matchesBcrypt(String hash, byte[] password) {
        byte[] read = password.length > BCRYPT_BYTES ? Arrays.copyOf(password, BCRYPT_BYTES) : password;
        return OpenBSDBCrypt.checkPassword(hash, read);
    }
}
