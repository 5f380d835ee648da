package org.jameschatmail.guice.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AddressDigestTest {
    private static final Username ALICE = Username.of("alice_123@chat.example");
    private static final Username BOB = Username.of("bob_12345@chat.example");

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path data;

    private AddressDigest digest() throws IOException {
        return AddressDigest.of(data, random);
    }

    @Test
    void digestShouldBeTheSameAfterARestart() throws IOException {
        String before = digest().of(ALICE);

        assertThat(digest().of(ALICE)).isEqualTo(before).hasSize(64);
        assertThat(digest().of(BOB)).isNotEqualTo(before);
    }

    @Test
    void digestShouldDifferFromServerToServer(@TempDir Path other) throws IOException {
        assertThat(digest().of(ALICE))
                .isNotEqualTo(AddressDigest.of(other, random).of(ALICE));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void keyShouldBeReadableByItsOwnerAlone() throws IOException {
        digest();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(AddressDigest.FILE))))
                .isEqualTo("rw-------");
    }

    @Test
    void startShouldBeRefusedWhenTheFileHoldsNoKey() throws IOException {
        for (String rubbish : new String[] {"", "%%%", "c2hvcnQ="}) {
            Files.writeString(data.resolve(AddressDigest.FILE), rubbish);

            assertThatThrownBy(this::digest).isInstanceOf(IOException.class).hasMessageContaining("holds no key");
        }
    }
}
