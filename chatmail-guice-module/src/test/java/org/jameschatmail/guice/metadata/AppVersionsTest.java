package org.jameschatmail.guice.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppVersionsTest {
    private static final String ONE = """
            { "clients": [ { "clientId": "android", "sources": [ {
                "sourceId": "apk", "versionInteger": 7, "versionString": "1.7", "downloadUrl": "https://apps.example/7"
            } ] } ] }
            """;
    private static final String LINE = "{\"clients\":[{\"clientId\":\"android\",\"sources\":[{\"sourceId\":\"apk\","
            + "\"versionInteger\":7,\"versionString\":\"1.7\",\"downloadUrl\":\"https://apps.example/7\"}]}]}";

    @TempDir
    Path folder;

    private Instant now = Instant.EPOCH;
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("versions.json"), text);
    }

    private AppVersions open(Path file) throws IOException {
        return AppVersions.open(Optional.of(file), clock);
    }

    @Test
    void lineShouldBeOneLineWhenFileHasSeveral() throws IOException {
        assertThat(open(write(ONE)).line()).contains(LINE);
    }

    @Test
    void lineShouldBeEmptyWhenThereIsNoFile() throws IOException {
        assertThat(AppVersions.open(Optional.empty(), clock).line()).isEmpty();
    }

    @Test
    void lineShouldFollowFileWhenItChanges() throws IOException {
        AppVersions versions = open(write(ONE));
        write(ONE.replace("1.7", "1.7.1"));

        assertThat(versions.line()).as("looked at just now").contains(LINE);
        now = now.plus(Duration.ofSeconds(10));
        assertThat(versions.line()).contains(LINE.replace("1.7", "1.7.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"clients\":[", "{\"clients\":[]} and more", "[]"})
    void lineShouldStayWhenFileBreaks(String broken) throws IOException {
        AppVersions versions = open(write(ONE));
        write(broken);
        now = now.plus(Duration.ofMinutes(1));

        assertThat(versions.line()).contains(LINE);

        write(ONE.replace("1.7", "1.7.1"));
        now = now.plus(Duration.ofMinutes(1));
        assertThat(versions.line()).contains(LINE.replace("1.7", "1.7.1"));
    }

    @Test
    void lineShouldStayWhenFileIsGone() throws IOException {
        Path file = write(ONE);
        AppVersions versions = open(file);
        Files.delete(file);
        now = now.plus(Duration.ofMinutes(1));

        assertThat(versions.line()).contains(LINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "{}",
                "{\"clients\":{}}",
                "{\"clients\":[1]}",
                "{\"clients\":[{\"clientId\":1,\"sources\":[]}]}",
                "{\"clients\":[{\"clientId\":\"a\"}]}",
                "{\"clients\":[{\"clientId\":\"a\",\"sources\":[{}]}]}",
                "{\"clients\":[{\"clientId\":\"a\",\"sources\":[{\"sourceId\":\"s\",\"versionInteger\":\"7\","
                        + "\"versionString\":\"\",\"downloadUrl\":\"\"}]}]}",
                "{\"clients\":[]} {}"
            })
    void openShouldNameKeyWhenFileIsNotOfTheForm(String text) throws IOException {
        Path file = write(text);

        assertThatThrownBy(() -> open(file)).isInstanceOf(IOException.class).hasMessageStartingWith("app.versions: ");
    }

    @Test
    void openShouldNameKeyWhenFileIsMissingOrTooLarge() throws IOException {
        assertThatThrownBy(() -> open(folder.resolve("missing.json")))
                .hasMessageStartingWith("app.versions: there is no file ");
        Path large = write(" ".repeat(64 * 1024) + ONE);
        assertThatThrownBy(() -> open(large)).hasMessageEndingWith("is larger than 64 KiB");
    }
}
