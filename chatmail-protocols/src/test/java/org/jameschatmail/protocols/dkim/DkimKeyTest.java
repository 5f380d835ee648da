package org.jameschatmail.protocols.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimKeyTest {
    private static final Signer RSA = Signer.rsa(1024, "example.org", "a");
    private static final Signer ED25519 = Signer.ed25519("example.org", "a");
    private static final String P = RSA.record().substring(RSA.record().indexOf("p="));

    @Test
    void keyShouldBeReadWithEachAlgorithm() {
        assertThat(DkimKey.parse(RSA.record()))
                .contains(new DkimKey(Algorithm.RSA, RSA.keys().getPublic(), false));
        assertThat(DkimKey.parse(ED25519.record()))
                .contains(new DkimKey(Algorithm.ED25519, ED25519.keys().getPublic(), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P",
                "k=rsa; P",
                "P; v=DKIM1",
                "v=DKIM1; h=sha256; P;",
                "v=DKIM1; h=sha1 : sha256; P",
                "v=DKIM1; s=email; P",
                "v=DKIM1; s=* ; n=a note; t=y; P; x=unknown",
                "\"v=DKIM1; k=rsa; \" \"P\"",
                "v = DKIM1 ;k = RSA; P "
            })
    void keyShouldBeReadWhenRecordIsUnusual(String record) {
        assertThat(DkimKey.parse(record.replace("P", P.replace("AQUAA", "AQ UAA"))))
                .map(DkimKey::publicKey)
                .contains(RSA.keys().getPublic());
    }

    @Test
    void keyShouldBeReadWhenQuotesSplitIt() {
        assertThat(DkimKey.parse("\"" + P.substring(0, 90) + "\" \"" + P.substring(90) + "\""))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=DKIM1",
                "v=DKIM1; p=",
                "v=DKIM1; p=;",
                "v=DKIM2; P",
                "v=; P",
                "v=DKIM1; k=dsa; P",
                "v=DKIM1; k=ed25519; P",
                "v=DKIM1; h=sha1; P",
                "v=DKIM1; s=chat; P",
                "v=DKIM1; p=!!!!",
                "v=DKIM1; p=AAAA",
                "v=DKIM1; k=ed25519; p=AAAA",
                "v=spf1 -all",
                "P; P"
            })
    void keyShouldBeRefusedWhenUnfit(String record) {
        assertThat(DkimKey.parse(record.replace("P", P))).isEmpty();
    }

    @Test
    void keyShouldBeRefusedBelow1024Bits() {
        assertThat(DkimKey.parse(Signer.rsa(1016, "example.org", "a").record())).isEmpty();
    }

    @Test
    void keyShouldBeRefusedWhenItWouldCostUsTime() throws GeneralSecurityException {
        BigInteger large = BigInteger.ONE.shiftLeft(8192).setBit(0);
        BigInteger fine = BigInteger.ONE.shiftLeft(2047).setBit(0);
        assertThat(DkimKey.parse(rsaRecord(fine, BigInteger.valueOf(65537)))).isPresent();
        assertThat(DkimKey.parse(rsaRecord(large, BigInteger.valueOf(65537)))).isEmpty();
        assertThat(DkimKey.parse(rsaRecord(fine, BigInteger.ONE.shiftLeft(64).setBit(0))))
                .isEmpty();
    }

    private static String rsaRecord(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        return "p=" + Base64.getEncoder().encodeToString(key.getEncoded());
    }

    @Test
    void keyShouldBeRefusedWhenEndless() {
        assertThat(DkimKey.parse("n=" + "x".repeat(10_000) + "; " + P)).isEmpty();
    }

    @Test
    void keyShouldNeverBreakTheReaderWhenRubbish() {
        Random random = new Random(4711);
        for (int round = 0; round < 5000; round++) {
            char[] record = (round % 2 == 0 ? RSA : ED25519).record().toCharArray();
            for (int i = 0; i < 4; i++) {
                record[random.nextInt(record.length)] = (char) random.nextInt(256);
            }
            assertThat(DkimKey.parse(new String(record))).isNotNull();
        }
    }
}
