package org.jameschatmail.guice.outgoing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jameschatmail.core.dkim.SigningKey;
import org.jameschatmail.core.dkim.SigningKey.Algorithm;
import org.jameschatmail.guice.tls.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign, did or will ({@link KeyRotation}), in the folder {@code dkim} of the data directory: each in a file {@code SELECTOR.pem} that only its
 * owner may read. The first start makes one of each kind, or who asks for them before. One process at a time looks and
 * makes, so that all see the same keys.
 */
public final class SigningKeys {
    private static final Logger LOGGER = LoggerFactory.getLogger(SigningKeys.class);
    static final String FOLDER = "dkim";
    private static final String LOCK = ".lock";
    private static final String SUFFIX = ".pem";

    private SigningKeys() {}

    /**
     * All keys, RSA first, for that is what everybody can verify.
     *
     * @throws IOException when a file can't be read or written, or holds no key
     */
    public static List<SigningKey> of(Path data, SecureRandom random) throws IOException {
        return locked(data, folder -> complete(folder, random));
    }

    /** What is done with the folder while nobody else does. */
    @FunctionalInterface
    interface Action<T> {
        T carryOut(Path folder) throws IOException;
    }

    static <T> T locked(Path data, Action<T> action) throws IOException {
        Path folder = data.resolve(FOLDER);
        DurableFile.createPrivateFolder(data);
        DurableFile.createPrivateFolder(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return action.carryOut(folder);
        }
    }

    static List<SigningKey> complete(Path folder, SecureRandom random) throws IOException {
        List<SigningKey> keys = read(folder);
        for (Algorithm algorithm : Algorithm.values()) {
            if (keys.stream().noneMatch(key -> key.algorithm() == algorithm)) {
                SigningKey made = SigningKey.generate(selector(algorithm), algorithm, random);
                write(folder, made);
                LOGGER.info("A {} key for DKIM was made, with the selector {}", algorithm, made.selector());
                keys.add(made);
            }
        }
        keys.sort(Comparator.comparing(SigningKey::algorithm).thenComparing(SigningKey::selector));
        return keys;
    }

    static void write(Path folder, SigningKey key) throws IOException {
        DurableFile.replace(folder.resolve(key.selector() + SUFFIX), key.toPem());
    }

    static void delete(Path folder, SigningKey key) throws IOException {
        Files.deleteIfExists(folder.resolve(key.selector() + SUFFIX));
    }

    private static String selector(Algorithm algorithm) {
        return algorithm == Algorithm.RSA ? "dkim" : "dkim-ed25519";
    }

    private static List<SigningKey> read(Path folder) throws IOException {
        List<SigningKey> keys = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
                    keys.add(read(file, name.substring(0, name.length() - SUFFIX.length())));
                }
            }
        }
        return keys;
    }

    private static SigningKey read(Path file, String selector) throws IOException {
        try {
            return SigningKey.fromPem(selector, Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IOException("%s holds no key for DKIM: mend or remove it".formatted(file), e);
        }
    }
}
