package org.jameschatmail.core.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the shipped file says: for each commented-out key the comment above it, joined into one line, and the key's own
 * line.
 */
record ShippedFile(List<String> keys) {
    private static final Pattern KEY_LINE = Pattern.compile("#[a-z][a-z.-]*=.*");

    static ShippedFile read(Path file) {
        try {
            List<String> keys = new ArrayList<>();
            StringBuilder comment = new StringBuilder();
            for (String line : Files.readAllLines(file)) {
                if (KEY_LINE.matcher(line).matches()) {
                    keys.add(comment + line);
                } else if (line.startsWith("# ")) {
                    comment.append(line.substring(2)).append(' ');
                    continue;
                }
                comment.setLength(0);
            }
            return new ShippedFile(keys);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String describe(Key<?> key) {
        return key.meaning() + " Accepted: " + key.syntax().accepted() + ". #" + key.name() + "="
                + key.defaultText(Flavor.DISTRIBUTION);
    }
}
