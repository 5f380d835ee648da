package org.jameschatmail.protocols.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Messages signed by others: by dkimpy 1.1.8, by OpenDKIM 2.11, and the example of RFC 8463, appendix A. One character
 * is one octet. The keys are in {@code keys.txt}, a name and a record a line.
 */
final class DkimFixture {
    private DkimFixture() {}

    static String message(String name) {
        return read(name + ".eml");
    }

    static void publishKeys(NameServer server) {
        read("keys.txt").lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            server.txt(parts[0], 3600, parts[1].split("(?<=\\G.{200})"));
        });
    }

    private static String read(String name) {
        try (InputStream in = DkimFixture.class.getResourceAsStream("/dkim/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
