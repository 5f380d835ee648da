package org.jameschatmail.core.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jameschatmail.core.configuration.Flavor;
import org.jameschatmail.core.configuration.Key;
import org.jameschatmail.core.configuration.Keys;
import org.junit.jupiter.api.Test;

class KeysPageTest {
    private static final String HEAD = """
            # Every key

            One line each in `conf/chatmail.properties`, as `key=value`. The environment is stronger than the file, and `--set
            key=value` on the command line stronger still. The server doesn't start with an unknown key or a value that isn't
            accepted: it names all faults and ends with status 2. `chatmail doctor` tells the same without a start, and
            `GET /chatmail/configuration` of WebAdmin what is in force, secrets masked.

            This page is made from the code.
            """;

    @Test
    void pageShouldHaveEveryKey() throws IOException {
        new GeneratedPage("keys.md", page()).verify();
    }

    private static String page() throws IOException {
        Map<String, Key<?>> keys = Keys.all().stream().collect(Collectors.toMap(Key::name, key -> key));
        StringBuilder page = new StringBuilder(HEAD);
        for (String line : Files.readAllLines(Path.of("../conf/chatmail.properties"))) {
            if (line.startsWith("## ")) {
                page.append("\n").append(line).append("\n\n| key | default | what it does |\n|---|---|---|\n");
            }
            Key<?> key = line.startsWith("#") && line.indexOf('=') > 0
                    ? keys.get(line.substring(1, line.indexOf('=')))
                    : null;
            if (key != null) {
                page.append(row(key));
            }
        }
        return page.toString();
    }

    private static String row(Key<?> key) {
        String standard = key.defaultText(Flavor.DISTRIBUTION);
        return "| `%s`<br>`%s` | %s | %s Accepted: %s.%s |\n"
                .formatted(
                        key.name(),
                        key.environmentName(),
                        standard.isEmpty() ? "" : "`" + standard + "`",
                        cell(key.meaning()),
                        cell(key.syntax().accepted()),
                        key.isSecret() ? " Masked wherever it is shown." : "");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
