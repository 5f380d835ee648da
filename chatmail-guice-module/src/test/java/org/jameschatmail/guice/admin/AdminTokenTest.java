package org.jameschatmail.guice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
    @TempDir
    Path folder;

    private AdminToken token() throws IOException {
        return AdminToken.of(folder, new SecureRandom());
    }

    @Test
    void tokenShouldBeMadeForTheOwnerAloneWhenThereIsNone() throws IOException {
        AdminToken token = token();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token.file())))
                .isEqualTo("rw-------");
        String text = Files.readString(token.file()).strip();
        assertThat(text).matches("[A-Za-z0-9_-]{43}");
        assertThat(token.matches(text)).isTrue();
    }

    @Test
    void tokenShouldStayWhenTheServerStartsAgain() throws IOException {
        String text = Files.readString(token().file()).strip();

        assertThat(token().matches(text)).isTrue();
    }

    @Test
    void tokenShouldBeTheOperatorsWhenTheyWroteOne() throws IOException {
        Files.writeString(folder.resolve("admin-token"), " an operator's own token \n");

        assertThat(token().matches("an operator's own token")).isTrue();
    }

    @Test
    void tokenShouldMatchNothingElse() throws IOException {
        AdminToken token = token();
        String text = Files.readString(token.file()).strip();

        assertThat(token.matches("")).isFalse();
        assertThat(token.matches(text + "x")).isFalse();
        assertThat(token.matches(text.substring(1))).isFalse();
    }

    @Test
    void startShouldBeRefusedWhenTheFileHoldsNoToken() throws IOException {
        Files.writeString(folder.resolve("admin-token"), "short\n");

        assertThatThrownBy(this::token)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("admin-token").toString());
    }

    @Test
    void tokenShouldBeMadeWhenAnEarlierStartWasKilledInTheMiddle() throws IOException {
        Files.writeString(folder.resolve("admin-token.part"), "half of it");

        assertThat(Files.readString(token().file()).strip()).hasSize(43);
    }
}
