package org.jameschatmail.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalTest {
    @TempDir
    Path folder;

    private Path output;
    private String stream;

    @BeforeEach
    void begin() throws IOException {
        output = Files.createFile(folder.resolve("output"));
        stream = Files.getAttribute(output, "unix:dev") + ":" + Files.getAttribute(output, "unix:ino");
    }

    @Test
    void outputShouldBeTheJournalWhenItIsTheStreamThatSystemdNames() {
        assertThat(Terminal.isJournal(stream, output)).isTrue();
    }

    @Test
    void outputShouldNotBeTheJournalWhenItGoesElsewhere() {
        assertThat(Terminal.isJournal(null, output)).isFalse();
        assertThat(Terminal.isJournal(stream + "1", output)).isFalse();
        assertThat(Terminal.isJournal("rubbish", output)).isFalse();
        assertThat(Terminal.isJournal(stream, folder.resolve("missing"))).isFalse();
    }
}
