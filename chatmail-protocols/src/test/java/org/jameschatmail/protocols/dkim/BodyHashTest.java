package org.jameschatmail.protocols.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyHashTest {
    /** Read: N is CRLF, R a lone CR, L a lone LF, S a blank, T a tab, 0 nothing. */
    @ParameterizedTest
    @CsvSource({
        "0, N, 0",
        "N, N, 0",
        "NNN, N, 0",
        "a, aN, aN",
        "aN, aN, aN",
        "aNNN, aN, aN",
        "aNNb, aNNbN, aNNbN",
        "NNa, NNaN, NNaN",
        "aSTSb, aSTSbN, aSbN",
        "aSTN, aSTN, aN",
        "STNa, STNaN, NaN",
        "aNSN, aNSN, aN",
        "S, SN, 0",
        "STNS, STNSN, 0",
        "SaN, SaN, SaN",
        "aR, aRN, aRN",
        "aRb, aRbN, aRbN",
        "aRN, aRN, aRN",
        "aRRN, aRRN, aRRN",
        "aSRb, aSRbN, aSRbN",
        "aLN, aLN, aLN",
        "aNR, aNRN, aNRN"
    })
    void bodyShouldHashAsCanonicalWhereverItIsCut(String body, String simple, String relaxed) {
        for (int piece = 1; piece <= 3; piece++) {
            assertHash(Canonicalization.SIMPLE, octets(body), octets(simple), piece);
            assertHash(Canonicalization.RELAXED, octets(body), octets(relaxed), piece);
        }
    }

    private static void assertHash(Canonicalization form, byte[] body, byte[] canonical, int piece) {
        BodyHash hash = new BodyHash(form);
        for (int start = 0; start < body.length; start += piece) {
            byte[] buffer = new byte[piece];
            int count = Math.min(piece, body.length - start);
            System.arraycopy(body, start, buffer, 0, count);
            hash.update(buffer, count);
        }
        BodyHash.Result result = hash.finish();
        assertThat(result.length()).as("length, " + form).isEqualTo(canonical.length);
        assertThat(result.digest()).as("digest, " + form).isEqualTo(sha256(canonical));
    }

    private static byte[] octets(String notation) {
        return notation.replace("0", "")
                .replace("N", "\r\n")
                .replace('R', '\r')
                .replace('L', '\n')
                .replace('S', ' ')
                .replace('T', '\t')
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
