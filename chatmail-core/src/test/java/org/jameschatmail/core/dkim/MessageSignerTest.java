package org.jameschatmail.core.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.dkim.SigningKey.Algorithm;
import org.junit.jupiter.api.Test;

/** The form of signatures; whether they are valid is for a verifier to say: see {@code SignedMessageTest}. */
class MessageSignerTest {
    private static final SigningKey KEY = SigningKey.generate("dkim", Algorithm.ED25519, new SecureRandom());
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private static String sign(String domain, String message) throws IOException {
        MessageSigner signer = new MessageSigner(new MailDomain(domain), List.of(KEY));
        byte[] signature = signer.sign(new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)), NOW);
        return new String(signature, StandardCharsets.ISO_8859_1);
    }

    @Test
    void signatureShouldNameEachFieldOnceMoreThanItIsThere() throws Exception {
        String unfolded = sign("chat.example", "From: a\r\nX-Other: 1\r\nReferences: b\r\nReferences: c\r\n\r\nx\r\n")
                .replaceAll("\r\n[\t ]+", "");

        assertThat(unfolded)
                .contains("h=from:from:to:cc:", ":references:references:references:")
                .doesNotContain("x-other");
    }

    @Test
    void signatureShouldStayInShortLines() throws Exception {
        assertThat(sign("chat.example", "From: a\r\n\r\nx\r\n").lines()).allMatch(line -> line.length() <= 78);
    }

    @Test
    void bodyHashShouldBeThatOfTheBodyWithOneLineEnd() throws Exception {
        String expected = "bh="
                + Base64.getEncoder()
                        .encodeToString(
                                SigningKey.sha256().digest("a\r\n\r\n.\rb\r\n".getBytes(StandardCharsets.US_ASCII)));

        assertThat(sign("chat.example", "From: a\r\n\r\na\r\n\r\n.\rb\r\n")).contains(expected);
        assertThat(sign("chat.example", "From: a\r\n\r\na\r\n\r\n.\rb")).contains(expected);
        assertThat(sign("chat.example", "From: a\r\n\r\na\r\n\r\n.\rb\r\n\r\n\r\n"))
                .contains(expected);
        assertThat(sign("chat.example", "From: a\r\n\r\na\r\n\r\n.\rb\r\n\r\n\r"))
                .doesNotContain(expected);
    }

    @Test
    void nothingShouldBeSignedForADomainThatIsAnAddress() throws Exception {
        assertThat(sign("[192.0.2.1]", "From: a\r\n\r\nx\r\n")).isEmpty();
    }

    @Test
    void keyShouldBeTheSameWhenItIsReadAgain() {
        for (Algorithm algorithm : Algorithm.values()) {
            SigningKey key = SigningKey.generate("dkim", algorithm, new SecureRandom());
            SigningKey again = SigningKey.fromPem("dkim", key.toPem());

            assertThat(again.algorithm()).isEqualTo(algorithm);
            assertThat(again.record()).isEqualTo(key.record());
            assertThat(again.toPem()).isEqualTo(key.toPem());
        }
    }

    @Test
    void recordShouldBeSpkiForRsaAndBareForEd25519() {
        assertThat(SigningKey.generate("dkim", Algorithm.RSA, new SecureRandom())
                        .record())
                .startsWith("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A");
        assertThat(KEY.record()).matches("v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=");
    }

    @Test
    void keyShouldBeRefusedWhenItIsRubbish() {
        assertThatThrownBy(() -> SigningKey.fromPem("dkim", "rubbish")).isInstanceOf(IllegalArgumentException.class);
        String torn = KEY.toPem().replaceFirst("(?s)-----BEGIN PUBLIC.*", "");
        assertThatThrownBy(() -> SigningKey.fromPem("dkim", torn)).isInstanceOf(IllegalArgumentException.class);
    }
}
