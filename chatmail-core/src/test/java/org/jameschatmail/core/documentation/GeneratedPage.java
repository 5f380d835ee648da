package org.jameschatmail.core.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of {@code docs/} that is made from the code.
 *
 * @param name of the file
 * @param text what it has to say
 */
record GeneratedPage(String name, String text) {
    private static final String WRITE = "chatmail.documentation.write";

    /** Compares the file with what it has to say, or writes it, with {@code -Dchatmail.documentation.write=true}. */
    void verify() throws IOException {
        Path file = Path.of("../docs").resolve(name);
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(file, text);
        }
        assertThat(file).as("made anew by -D%s=true", WRITE).exists().content().isEqualTo(text);
    }
}
