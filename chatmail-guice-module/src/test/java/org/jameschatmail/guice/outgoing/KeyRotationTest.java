package org.jameschatmail.guice.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.dkim.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T01:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path data;

    private KeyRotation rotation() {
        return new KeyRotation(data, new SecureRandom(), CLOCK);
    }

    private CurrentSigner signer() throws IOException {
        return new CurrentSigner(new MailDomain("chat.example"), data, new SecureRandom(), CLOCK);
    }

    private List<String> states() throws IOException {
        return rotation().entries().stream()
                .map(entry -> entry.key().selector() + " " + entry.state().word())
                .toList();
    }

    private static List<String> signing(CurrentSigner signer) {
        return signer.get().keys().stream().map(SigningKey::selector).toList();
    }

    @Test
    void keysShouldSignFromTheFirstStartOn() throws Exception {
        assertThat(states()).containsExactly("dkim signing", "dkim-ed25519 signing");
        assertThat(rotation().activate()).isEmpty();
        assertThat(rotation().retire()).isEmpty();
    }

    @Test
    void keysShouldBeReplacedInThreeSteps() throws Exception {
        CurrentSigner signer = signer();

        assertThat(rotation().rotate())
                .extracting(entry -> entry.key().selector())
                .containsExactly("dkim-20261123", "dkim-20261123-ed25519");
        assertThat(states())
                .containsExactlyInAnyOrder(
                        "dkim signing",
                        "dkim-ed25519 signing",
                        "dkim-20261123 waiting",
                        "dkim-20261123-ed25519 waiting");
        assertThat(signing(signer)).containsExactly("dkim", "dkim-ed25519");
        assertThat(signer.published()).hasSize(4);

        assertThat(rotation().activate()).hasSize(2);
        assertThat(signing(signer)).containsExactly("dkim-20261123", "dkim-20261123-ed25519");
        assertThat(signer.published()).hasSize(4);

        assertThat(rotation().retire())
                .extracting(entry -> entry.key().selector())
                .containsExactly("dkim", "dkim-ed25519");
        assertThat(states()).containsExactly("dkim-20261123 signing", "dkim-20261123-ed25519 signing");
        assertThat(signing(signer)).containsExactly("dkim-20261123", "dkim-20261123-ed25519");
        assertThat(data.resolve("dkim/dkim.pem")).doesNotExist();
    }

    @Test
    void keyOfAnotherServerShouldSignAloneUntilTheOwnOnesTakeOver() throws Exception {
        CurrentSigner signer = signer();
        SigningKey key = SigningKey.generate("opendkim", SigningKey.Algorithm.RSA, new SecureRandom());

        rotation().adopt(key);
        rotation().adopt(key);

        assertThat(states()).containsExactlyInAnyOrder("opendkim signing", "dkim waiting", "dkim-ed25519 waiting");
        assertThat(signing(signer)).containsExactly("opendkim");
        assertThat(signer.published()).hasSize(3);
        SigningKey other = SigningKey.generate("opendkim", SigningKey.Algorithm.RSA, new SecureRandom());
        assertThatThrownBy(() -> rotation().adopt(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("opendkim");

        assertThat(rotation().activate()).hasSize(2);
        assertThat(states()).containsExactlyInAnyOrder("opendkim retiring", "dkim signing", "dkim-ed25519 signing");
        assertThat(rotation().retire())
                .extracting(entry -> entry.key().selector())
                .containsExactly("opendkim");
    }

    @Test
    void secondRotationShouldWaitForTheFirst() throws Exception {
        rotation().rotate();

        assertThat(rotation().rotate()).isEmpty();
        rotation().activate();
        assertThat(rotation().rotate())
                .extracting(entry -> entry.key().selector())
                .containsExactly("dkim-20261123-2", "dkim-20261123-2-ed25519");
        assertThat(rotation().retire())
                .extracting(entry -> entry.key().selector())
                .containsExactly("dkim", "dkim-ed25519");
        assertThat(states())
                .containsExactlyInAnyOrder(
                        "dkim-20261123 signing",
                        "dkim-20261123-ed25519 signing",
                        "dkim-20261123-2 waiting",
                        "dkim-20261123-2-ed25519 waiting");
    }

    @Test
    void rotationThatWasKilledShouldChangeNothingThatSigns() throws Exception {
        CurrentSigner signer = signer();
        rotation().rotate();
        Files.delete(data.resolve("dkim/dkim-20261123-ed25519.pem"));

        assertThat(signing(signer)).containsExactly("dkim", "dkim-ed25519");
        assertThat(states()).contains("dkim-20261123 waiting");
    }

    @Test
    void tornStatesShouldLeaveTheSignerAsItWas() throws Exception {
        CurrentSigner signer = signer();
        rotation().rotate();
        assertThat(signer.published()).hasSize(4);
        Files.writeString(data.resolve("dkim/states"), "torn");
        Files.setLastModifiedTime(data.resolve("dkim/states"), FileTime.fromMillis(1));

        assertThat(signing(signer)).containsExactly("dkim", "dkim-ed25519");
        assertThatThrownBy(this::signer).isInstanceOf(IOException.class).hasMessageContaining("states");
    }
}
