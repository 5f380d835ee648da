package org.jameschatmail.core.json;

import java.util.List;
import java.util.stream.Collectors;

/** Strings of JSON, in ASCII whatever they hold. */
public final class JsonText {
    private JsonText() {}

    /** A string. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < ' ' || character > '~') {
                quoted.append("\\u%04x".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }

    /** An array of strings. */
    public static String quoted(List<String> texts) {
        return texts.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]"));
    }
}
