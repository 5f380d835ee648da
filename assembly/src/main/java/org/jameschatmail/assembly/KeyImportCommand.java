package org.jameschatmail.assembly;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.jameschatmail.core.dkim.SigningKey;
import org.jameschatmail.guice.outgoing.KeyRotation;

/** {@code chatmail dkim import}: lets a key of another server sign. A running server heeds it. */
record KeyImportCommand(Path data, Path file, String selector) {
    private static final int LARGEST = 100_000;

    void run(PrintStream out) throws IOException {
        SigningKey key = read();
        new KeyRotation(data, new SecureRandom(), Clock.systemUTC()).adopt(key);
        out.printf("%s signs from now on. Its record in the DNS is%n%n  %s%n%n", selector, key.record());
        out.println(
                "The server's own keys wait. When their records, which chatmail dns prints, are published: chatmail dkim activate");
    }

    private SigningKey read() throws IOException {
        try {
            if (Files.isDirectory(file) || Files.size(file) > LARGEST) {
                throw new IOException(file + " is no file of a key");
            }
            return SigningKey.fromPrivatePem(selector, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (FileSystemException e) {
            throw new IOException(ImportCommand.reason(e), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("%s can't be taken: %s".formatted(file, e.getMessage()), e);
        }
    }
}
