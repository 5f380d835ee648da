package org.jameschatmail.guice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void nameData() {
        data = folder.resolve("data");
    }

    @Test
    void directoryShouldBeForTheOwnerAloneWhenItIsMade() throws Exception {
        try (DataDirectory directory = DataDirectory.lock(data)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                    .isEqualTo("rwx------");
            assertThat(data.resolve("logs")).isDirectory();
        }
    }

    @Test
    void lockShouldBeRefusedWhenAnotherHoldsIt() throws Exception {
        try (DataDirectory first = DataDirectory.lock(data)) {
            assertThatThrownBy(() -> DataDirectory.lock(data))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(first.path().toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void lockShouldBeHadWhenTheFirstServerEnded() throws Exception {
        DataDirectory.lock(data).close();

        try (DataDirectory second = DataDirectory.lock(data)) {
            assertThat(second.path()).isEqualTo(data);
        }
    }

    @Test
    void temporaryFilesShouldBeGoneWhenAServerWasKilled() throws Exception {
        Path stale = Files.createDirectories(data.resolve("tmp")).resolve("half-a-message");
        Files.writeString(stale, "half");
        Path mail = Files.writeString(data.resolve("kept"), "kept");

        try (DataDirectory directory = DataDirectory.lock(data)) {
            assertThat(stale).doesNotExist();
            assertThat(mail).exists();
            assertThat(directory.path().resolve("tmp")).isEmptyDirectory();
        }
    }

    @Test
    void temporaryFoldersShouldBeGoneWhenAServerWasKilled() throws Exception {
        Path stale = Files.createDirectories(data.resolve("tmp/folder")).resolve("file");
        Files.writeString(stale, "half");

        try (DataDirectory directory = DataDirectory.lock(data)) {
            assertThat(directory.path().resolve("tmp")).isEmptyDirectory();
        }
    }

    @Test
    void faultShouldNameTheDirectoryWhenItIsAFile() throws IOException {
        Files.writeString(data, "a file");

        assertThatThrownBy(() -> DataDirectory.lock(data))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(data.toString());
    }
}
