package org.jameschatmail.guice.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The bearer token of WebAdmin: 256 random bits as text in the file {@code admin-token} of the data directory, mode
 * 600, made by the first start. Thread-safe.
 */
public final class AdminToken {
    private static final String FILE_NAME = "admin-token";
    private static final int RANDOM_BYTES = 32;
    private static final int SHORTEST = 16;

    private final byte[] digest;
    private final Path file;

    private AdminToken(String token, Path file) {
        this.digest = digestOf(token);
        this.file = file;
    }

    /**
     * Reads the token, or makes it when there is none.
     *
     * @throws IOException when the file can't be read or written, or holds less than 16 characters
     */
    public static AdminToken of(Path dataDirectory, SecureRandom random) throws IOException {
        Path file = dataDirectory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            create(file, random);
        }
        String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (token.length() < SHORTEST) {
            throw new IOException("%s holds no token: delete it, and the next start makes a new one".formatted(file));
        }
        return new AdminToken(token, file);
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        Path part = file.resolveSibling(FILE_NAME + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                part, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n", StandardOpenOption.SYNC);
        Files.move(part, file);
    }

    public Path file() {
        return file;
    }

    /** Whether {@code candidate} is the token; takes the same time for every wrong candidate. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(digest, digestOf(candidate));
    }

    private static byte[] digestOf(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
