package org.jameschatmail.guice.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.james.core.Username;
import org.jameschatmail.guice.tls.DurableFile;

/**
 * Addresses as HMAC-SHA-256, under a key in the file {@value #FILE} of the data directory that only its owner may read.
 * Who has the database alone can't tell whether an address was here. Thread-safe.
 */
public final class AddressDigest {
    static final String FILE = "removed-addresses.key";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    private AddressDigest(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Reads the key, or makes it when there is none.
     *
     * @throws IOException when the file can't be read or written, or holds no key
     */
    public static AddressDigest of(Path data, SecureRandom random) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            byte[] made = new byte[KEY_BYTES];
            random.nextBytes(made);
            DurableFile.replace(file, Base64.getEncoder().encodeToString(made) + "\n");
        }
        return new AddressDigest(decode(file));
    }

    private static byte[] decode(Path file) throws IOException {
        byte[] key;
        try {
            key = Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException e) {
            throw noKey(file);
        }
        if (key.length != KEY_BYTES) {
            throw noKey(file);
        }
        return key;
    }

    private static IOException noKey(Path file) {
        return new IOException(
                "%s holds no key: delete it, and the next start makes a new one, by which the addresses".formatted(file)
                        + " of accounts that were removed are free again");
    }

    /** 64 hexadecimal digits. */
    String of(Username name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(name.asString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
