package org.jameschatmail.core.configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code key=value} lines in UTF-8. Blank lines and lines that start with {@code #} are skipped; blanks around
 * key and value do not count; there are no escapes and no continued lines. A key may stand once.
 *
 * @param settings what the lines say, in their order
 * @param faults the lines that say nothing
 */
record ConfigurationFile(List<Setting> settings, List<Fault> faults) {
    private static final long LARGEST = 1L << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static ConfigurationFile read(Path file, boolean needed) {
        Origin whole = new Origin.FileLine(file, 0);
        if (!Files.exists(file) && !needed) {
            return new ConfigurationFile(List.of(), List.of());
        }
        try {
            if (!Files.isRegularFile(file)) {
                return unreadable(whole, Files.exists(file) ? "not a file" : "no such file");
            }
            if (Files.size(file) > LARGEST) {
                return unreadable(whole, "larger than " + LARGEST + " bytes");
            }
            return parse(file, Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException notText) {
            return unreadable(whole, "not a text in UTF-8");
        } catch (IOException failed) {
            return unreadable(whole, "cannot be read: " + failed.getClass().getSimpleName());
        }
    }

    private static ConfigurationFile unreadable(Origin whole, String problem) {
        return new ConfigurationFile(List.of(), List.of(new Fault(whole, "", problem)));
    }

    private static ConfigurationFile parse(Path file, String content) {
        List<Setting> settings = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        Map<String, Integer> firstLines = new HashMap<>();
        List<String> lines = content.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).replace(BYTE_ORDER_MARK, "").strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Origin origin = new Origin.FileLine(file, index + 1);
            int equals = line.indexOf('=');
            if (equals <= 0) {
                faults.add(new Fault(origin, "", "not a line of the form key=value"));
                continue;
            }
            String name = line.substring(0, equals).strip();
            Integer firstLine = firstLines.putIfAbsent(name, index + 1);
            if (firstLine != null) {
                faults.add(new Fault(origin, name, "stands in line " + firstLine + " already"));
            }
            settings.add(new Setting(name, line.substring(equals + 1).strip(), origin));
        }
        return new ConfigurationFile(List.copyOf(settings), List.copyOf(faults));
    }
}
