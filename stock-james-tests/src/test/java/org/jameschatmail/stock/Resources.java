package org.jameschatmail.stock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Files of the test class path; one character is one octet. */
final class Resources {
    private Resources() {}

    static String text(String name) throws IOException {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A message of the core. */
    static String message(String name) throws IOException {
        return text("/eml/" + name + ".eml");
    }
}
