package org.jameschatmail.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The sentences of the pages, all from {@code text.properties}. Immutable. */
final class WebText {
    private final Properties texts;

    private WebText(Properties texts) {
        this.texts = texts;
    }

    static WebText english() {
        Properties texts = new Properties();
        try {
            texts.load(new StringReader(resource("text.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WebText(texts);
    }

    /**
     * The text with {@code values} filled in, escaped as a whole for HTML.
     *
     * @throws IllegalArgumentException for a key without a text
     */
    String html(String key, Object... values) {
        return Html.escape(plain(key, values));
    }

    /** The text with {@code values} filled in, not escaped. */
    String plain(String key, Object... values) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text for " + key);
        }
        return text.formatted(values);
    }

    /** The whole of a UTF-8 file that lies beside this class. */
    static String resource(String name) {
        try (InputStream in = WebText.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the archive: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
