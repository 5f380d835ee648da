package org.jameschatmail.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A message for tests: a fixture, a text block, or a twin of one of them. One character is one octet. */
public record Eml(String text) {
    /** The fixture {@code src/test/resources/eml/NAME.eml}, byte for byte. */
    public static Eml fixture(String name) {
        try (InputStream in = Eml.class.getResourceAsStream("/eml/" + name + ".eml")) {
            return new Eml(new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text block, its line ends made CRLF. */
    public static Eml of(String textBlock) {
        return new Eml(textBlock.replace("\n", "\r\n"));
    }

    /** The twin with every occurrence replaced; both in text-block form. Fails when there is nothing to replace. */
    public Eml with(String target, String replacement) {
        String crlfTarget = target.replace("\n", "\r\n");
        if (!text.contains(crlfTarget)) {
            throw new IllegalArgumentException("Not in the message: " + target);
        }
        return new Eml(text.replace(crlfTarget, replacement.replace("\n", "\r\n")));
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }
}
