package org.jameschatmail.core.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Objects;
import org.jameschatmail.core.dkim.SigningKey.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With keys that OpenSSL 3.0 made; they sign nothing. */
class SigningKeyTest {
    private static String pem(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(SigningKeyTest.class.getResourceAsStream("/dkim/" + name + ".pem"))) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** The records are what {@code openssl rsa -pubout} says. */
    @ParameterizedTest
    @CsvSource({
        "pkcs1, 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC/wLvQ9JTs83/cbVIUBJMIkmBpwe+rAIhpB0wBgsuFmNgRXBRMwrgjAUIMcBSIOopYZ3pFUy12yi10tRntM3xV4AO13my36Yyf/oE3BL8kYKnMvFeJTHahmJheK23Fq7ZgF+q6SoO7lkKIuzF4dko81Rgvd6qopUNKgLUDkCwoaQIDAQAB'",
        "pkcs8, 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDI2CXtk9eiIXVVcFVNZs7I7x7wUh9f4Yoh7Vfl7Z7KAM1xxisTuZlxqCV3VneLwIIpu3Iu9Stl56Be+zC3pd7d8D8ue+S0AphxmxYC3t4h05HYuzZP/jehgdyS7u1MStWf5pMSQYlxC5l9nqQSxzDW9AJ+Bh5jAUUrJWXaYMbS5wIDAQAB'",
    })
    void keyOfAnotherServerShouldSignAndHaveItsRecord(String name, String record)
            throws IOException, GeneralSecurityException {
        SigningKey key = SigningKey.fromPrivatePem("opendkim", pem(name));

        assertThat(key.algorithm()).isEqualTo(Algorithm.RSA);
        assertThat(key.record()).isEqualTo(record);
        assertThat(SigningKey.fromPem("opendkim", key.toPem()).record()).isEqualTo(record);
        Signature verification = Signature.getInstance("SHA256withRSA");
        verification.initVerify(key.keys().getPublic());
        verification.update(new byte[] {1, 2, 3});
        assertThat(verification.verify(key.sign(new byte[] {1, 2, 3}))).isTrue();
    }

    @Test
    void keyShouldBeRefusedWhenOthersRefuseIt() throws IOException {
        String small = pem("small");

        assertThatThrownBy(() -> SigningKey.fromPrivatePem("opendkim", small))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1024");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rubbish",
                "-----BEGIN RSA PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n\n-----END PRIVATE KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----"
            })
    void textShouldBeRefusedWhenItHoldsNoRsaKey(String text) {
        assertThatThrownBy(() -> SigningKey.fromPrivatePem("opendkim", text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
