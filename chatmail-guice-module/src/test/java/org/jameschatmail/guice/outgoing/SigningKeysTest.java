package org.jameschatmail.guice.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.jameschatmail.core.dkim.SigningKey;
import org.jameschatmail.core.dkim.SigningKey.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    @TempDir
    private Path data;

    private List<SigningKey> keys() throws IOException {
        return SigningKeys.of(data, new SecureRandom());
    }

    @Test
    void keysShouldBeMadeOnce() throws Exception {
        List<SigningKey> made = keys();

        assertThat(made).extracting(SigningKey::algorithm).containsExactly(Algorithm.RSA, Algorithm.ED25519);
        assertThat(keys())
                .extracting(SigningKey::record)
                .containsExactlyElementsOf(made.stream().map(SigningKey::record).toList());
    }

    @Test
    void keysShouldBeReadableByTheirOwnerAlone() throws Exception {
        keys();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("dkim/dkim.pem"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("dkim"))))
                .isEqualTo("rwx------");
    }

    @Test
    void startShouldFailWhenAKeyIsTorn() throws Exception {
        keys();
        Files.writeString(data.resolve("dkim/dkim.pem"), "torn");

        assertThatThrownBy(this::keys).isInstanceOf(IOException.class).hasMessageContaining("dkim.pem");
    }
}
