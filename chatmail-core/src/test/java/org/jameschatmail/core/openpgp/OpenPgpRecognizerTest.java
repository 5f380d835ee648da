package org.jameschatmail.core.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.mime.Strictness.LENIENT;
import static org.jameschatmail.core.mime.Strictness.STRICT;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.jameschatmail.core.Eml;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.mime.Strictness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenPgpRecognizerTest {
    private static final Eml DELTA_CHAT = Eml.fixture("delta-chat");
    private static final String BOUNDARY = "18a0b1c2d3e4f506_5f1e2d3c4b5a6978_0123456789abcdef";
    private static final String BEGIN = "-----BEGIN PGP MESSAGE-----\n";
    private static final String END = "-----END PGP MESSAGE-----\n";

    @ParameterizedTest
    @ValueSource(strings = {"delta-chat", "delta-chat-large", "base64-part", "quoted-printable-part", "gnupg-mutt"})
    void recognizerShouldRecognizeEverywhereWhenMessageIsEncrypted(String name) throws IOException {
        assertThat(recognizes(Eml.fixture(name), STRICT)).isTrue();
        assertThat(recognizes(Eml.fixture(name), LENIENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"thunderbird", "proton"})
    void recognizerShouldRecognizeIncomingAloneWhenProgramExplainsItself(String name) throws IOException {
        assertThat(recognizes(Eml.fixture(name), STRICT)).isFalse();
        assertThat(recognizes(Eml.fixture(name), LENIENT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cleartext",
                "cleartext-quoting-armor",
                "autocrypt-setup-message",
                "signed-only",
                "literal-only",
                "multipart-signed",
                "bounce",
                "secure-join-vc-request"
            })
    void recognizerShouldRefuseWhenMessageIsNotEncrypted(String name) throws IOException {
        assertThat(recognizes(Eml.fixture(name), STRICT)).isFalse();
        assertThat(recognizes(Eml.fixture(name), LENIENT)).isFalse();
    }

    static Stream<Arguments> goodTwins() {
        return Stream.of(
                twin("types in any case", "application/octet-stream", "APPLICATION/Octet-Stream"),
                twin("multipart type in any case", "multipart/encrypted", "Multipart/ENCRYPTED"),
                twin("blanks around the version", "Version: 1\n", "\n  Version: 1 \n\n"),
                twin("blank lines before the armor", BEGIN, "\n \n" + BEGIN),
                twin("blank lines after the armor", END, END + "\n\n \n"),
                twin("blanks around the parts", "\n--" + BOUNDARY + "--\n", "\n--" + BOUNDARY + "--  \n\n \n"),
                twin("blanks after a delimiter", "--" + BOUNDARY + "\n", "--" + BOUNDARY + " \t\n"),
                twin("no version parameter", "; charset=\"utf-8\"\n", "\n"),
                twin("encoding in any case", "Encoding: 7bit", "Encoding: 8BIT"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodTwins")
    void recognizerShouldRecognizeWhenTwinDiffersHarmlessly(String twin, Eml message) throws IOException {
        assertThat(recognizes(message, STRICT)).as(twin).isTrue();
        assertThat(recognizes(message, LENIENT)).as(twin).isTrue();
    }

    static Stream<Arguments> hostileTwins() {
        String thirdPart = "--" + BOUNDARY + "\nContent-Type: text/plain\n\nhello\n--" + BOUNDARY + "--\n";
        String close = "--" + BOUNDARY + "--\n";
        return Stream.of(
                twin("multipart/mixed", "multipart/encrypted", "multipart/mixed"),
                twin("wrong first type", "application/pgp-encrypted; charset", "application/pgp; charset"),
                twin("wrong second type", "application/octet-stream", "text/plain"),
                twin("types swapped in name only", "application/octet-stream", "application/pgp-encrypted"),
                twin("version 2", "Version: 1\n", "Version: 2\n"),
                twin("version 10", "Version: 1\n", "Version: 10\n"),
                twin("text after the version", "Version: 1\n", "Version: 1\nmeet me at noon\n"),
                twin("no version", "Version: 1\n", ""),
                twin("third part", close, thirdPart),
                twin("part after the close delimiter", close, close + thirdPart),
                twin("closed twice", close, close + close),
                twin("not closed", "\n" + close, "\n"),
                twin("nearly a close delimiter", close, "--" + BOUNDARY + "-\n"),
                twin(
                        "lookalike delimiter in the preamble",
                        "--" + BOUNDARY + "\nContent-Type: application/pgp",
                        "--" + BOUNDARY + "x\n--" + BOUNDARY + "\nContent-Type: application/pgp"),
                twin("text after the armor", END, END + "hello\n"),
                twin("text on the last armor line", END, END.strip() + " hello\n"),
                twin("text before the armor", BEGIN, "hello\n" + BEGIN),
                twin("signature armor", "PGP MESSAGE-----", "PGP SIGNATURE-----"),
                twin("trailing blank on the first armor line", BEGIN, BEGIN.strip() + " \n"),
                twin("no blank line before the data", BEGIN + "\n", BEGIN),
                twin("no last armor line", END, ""),
                twin("cut last armor line", END, "-----END PGP\n"),
                twin("second armored message", END, END + BEGIN + "\n" + END),
                twin("armor header without colon", BEGIN, BEGIN + "hello there\n"),
                twin("letter as armor headers", BEGIN, BEGIN + ("Comment: " + "x".repeat(60) + "\n").repeat(30)),
                twin(
                        "two types in a part",
                        "Content-Description: OpenPGP",
                        "Content-Type: text/html\nContent-Description: OpenPGP"),
                twin(
                        "two encodings in a part",
                        "Content-Description: OpenPGP",
                        "Content-Transfer-Encoding: base64\nContent-Description: OpenPGP"),
                twin("unknown encoding", "Encoding: 7bit", "Encoding: x-uuencode"),
                twin(
                        "boundary named twice",
                        "boundary=\"" + BOUNDARY + "\"",
                        "boundary=\"" + BOUNDARY + "\"; boundary=x"),
                twin(
                        "boundary in RFC 2231 form too",
                        "boundary=\"" + BOUNDARY + "\"",
                        "boundary=\"" + BOUNDARY + "\"; boundary*=utf-8''x"),
                twin("boundary with trailing blank", "boundary=\"" + BOUNDARY, "boundary=\"" + BOUNDARY + " "),
                twin("encoded multipart", "MIME-Version: 1.0\n", "Content-Transfer-Encoding: base64\n"),
                twin(
                        "part header without its end",
                        "Content-Description: PGP/MIME version identification\n",
                        "Content-Description: PGP/MIME version identification\nno field\n"),
                twin(
                        "no multipart type in front",
                        "Content-Type: multipart/encrypted; protocol",
                        "X-Content-Type: multipart/encrypted; protocol"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTwins")
    void recognizerShouldRefuseWhenTwinIsHostile(String twin, Eml message) throws IOException {
        assertThat(recognizes(message, STRICT)).as(twin).isFalse();
        assertThat(recognizes(message, LENIENT)).as(twin).isFalse();
    }

    static Stream<Arguments> incomingTwins() {
        return Stream.of(
                twin("armor header", BEGIN, BEGIN + "Version: GnuPG v2\n"),
                twin(
                        "preamble",
                        "\n--" + BOUNDARY + "\nContent-Type: application/pgp",
                        "encrypted\n--" + BOUNDARY + "\nContent-Type: application/pgp"),
                twin("epilogue", "\n--" + BOUNDARY + "--\n", "\n--" + BOUNDARY + "--\nsent by a list\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("incomingTwins")
    void recognizerShouldRecognizeIncomingAloneWhenTextStandsAround(String twin, Eml message) throws IOException {
        assertThat(recognizes(message, STRICT)).as(twin).isFalse();
        assertThat(recognizes(message, LENIENT)).as(twin).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"delta-chat", "base64-part", "quoted-printable-part", "thunderbird", "proton", "gnupg-mutt"})
    void recognizerShouldRefuseEveryTruncationBeforeTheCloseDelimiter(String name) throws IOException {
        Eml whole = Eml.fixture(name);
        int closed = whole.text().lastIndexOf("--") + 2;
        for (int length = 0; length <= whole.text().length(); length++) {
            Eml truncated = new Eml(whole.text().substring(0, length));
            boolean endsInBareCr = truncated.text().endsWith("\r");
            assertThat(recognizes(truncated, LENIENT))
                    .as("%s, first %d octets", name, length)
                    .isEqualTo(length >= closed && !endsInBareCr);
        }
    }

    @Test
    void recognizerShouldRefuseEveryDamageToStructureWithoutFailing() throws IOException {
        Random random = new Random(7);
        byte[] whole = DELTA_CHAT.bytes();
        int dataStart = DELTA_CHAT.text().indexOf("PGP MESSAGE-----") + 20;
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] = (byte) (damaged[i] + 1 + random.nextInt(255));
            // The outcome is free where the octet doesn't matter; no octet may break the reader.
            boolean recognized = recognizes(new Eml(new String(damaged, StandardCharsets.ISO_8859_1)), STRICT);
            if (i >= dataStart - 31 && i < dataStart - 4) {
                assertThat(recognized).as("octet %d", i).isFalse();
            }
        }
    }

    @Test
    void recognizerShouldRefuseRubbish() throws IOException {
        Random random = new Random(8);
        for (int i = 0; i < 2000; i++) {
            byte[] rubbish = new byte[random.nextInt(600)];
            random.nextBytes(rubbish);
            assertThat(OpenPgpRecognizer.recognizes(new ByteArrayInputStream(rubbish), MimeLimits.DEFAULT, LENIENT))
                    .isFalse();
        }
    }

    private static Arguments twin(String name, String target, String replacement) {
        return Arguments.of(name, DELTA_CHAT.with(target, replacement));
    }

    private static boolean recognizes(Eml message, Strictness strictness) throws IOException {
        return OpenPgpRecognizer.recognizes(message.stream(), MimeLimits.DEFAULT, strictness);
    }
}
