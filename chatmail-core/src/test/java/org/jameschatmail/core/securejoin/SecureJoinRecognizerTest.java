package org.jameschatmail.core.securejoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.mime.Strictness.LENIENT;
import static org.jameschatmail.core.mime.Strictness.STRICT;

import java.io.IOException;
import java.util.stream.Stream;
import org.jameschatmail.core.Eml;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.mime.MimeReader;
import org.jameschatmail.core.mime.Strictness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecureJoinRecognizerTest {
    private static final Eml REQUEST = Eml.fixture("secure-join-vc-request");
    private static final String BODY = "Secure-Join: vc-request\n\n";
    private static final String CLOSE = "--18a0b1c2d3e4f507--\n";

    static Stream<Arguments> goodTwins() {
        return Stream.of(
                Arguments.of("fixture", REQUEST),
                Arguments.of("group request", REQUEST.with("vc-request", "vg-request")),
                twin("body in any case", "\n" + BODY, "\nSECURE-JOIN: VC-Request\n\n"),
                twin("blanks around the body", "\n" + BODY, "\n\n  " + BODY + " \n\n"),
                twin("base64", "7bit\n\n" + BODY, "base64\n\nU2VjdXJlLUpvaW46IHZjLXJlcXVlc3Q=\n"),
                twin("other multipart", "multipart/mixed", "multipart/alternative"),
                twin("default type", "Content-Type: text/plain; charset=\"utf-8\"\n", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodTwins")
    void recognizerShouldRecognizeRequest(String twin, Eml message) throws IOException {
        assertThat(recognizes(message, STRICT)).as(twin).isTrue();
        assertThat(recognizes(message, LENIENT)).as(twin).isTrue();
    }

    static Stream<Arguments> hostileTwins() {
        String part = "--18a0b1c2d3e4f507\nContent-Type: text/plain\n\nhello\n";
        return Stream.of(
                Arguments.of("encrypted", Eml.fixture("delta-chat")),
                twin("no header", "Secure-Join: vc-request\nSecure-Join-I", "Secure-Join-I"),
                twin("two headers", "Chat-Version: 1.0", "Secure-Join: vc-request"),
                twin("header in upper case", "Join: vc-request\nSecure", "Join: VC-REQUEST\nSecure"),
                twin("later step in header", "Join: vc-request\nSecure", "Join: vc-auth-required\nSecure"),
                twin("later step", "vc-request", "vc-request-with-auth"),
                twin("other word in body", "\n" + BODY, "\nSecure-Join: vg-request\n\n"),
                twin("text after the body", "\n" + BODY, "\n" + BODY + "hello\n"),
                twin("text before the body", "\n" + BODY, "\nhello\n" + BODY),
                twin("text on the line", "\n" + BODY, "\nSecure-Join: vc-request hello\n"),
                twin("two blanks in body", "\n" + BODY, "\nSecure-Join:  vc-request\n"),
                twin("empty body", "\n" + BODY, "\n"),
                twin("second part", CLOSE, part + CLOSE),
                twin("html", "text/plain", "text/html"),
                twin("no part", "--18a0b1c2d3e4f507\nContent", "Content"),
                twin("not closed", CLOSE, ""),
                twin("not multipart", "multipart/mixed", "text/plain"),
                twin(
                        "nested",
                        "Content-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: 7bit\n\n" + BODY,
                        "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n" + BODY + "\n--x--\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTwins")
    void recognizerShouldRefuseWhenTwinIsHostile(String twin, Eml message) throws IOException {
        assertThat(recognizes(message, STRICT)).as(twin).isFalse();
        assertThat(recognizes(message, LENIENT)).as(twin).isFalse();
    }

    static Stream<Arguments> incomingTwins() {
        return Stream.of(
                twin("preamble", "\n--18a0b1c2d3e4f507\n", "hello\n--18a0b1c2d3e4f507\n"),
                twin("epilogue", CLOSE, CLOSE + "hello\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("incomingTwins")
    void recognizerShouldRecognizeIncomingAloneWhenTextStandsAround(String twin, Eml message) throws IOException {
        assertThat(recognizes(message, STRICT)).as(twin).isFalse();
        assertThat(recognizes(message, LENIENT)).as(twin).isTrue();
    }

    private static Arguments twin(String name, String target, String replacement) {
        return Arguments.of(name, REQUEST.with(target, replacement));
    }

    private static boolean recognizes(Eml message, Strictness strictness) throws IOException {
        SecureJoinRecognizer recognizer = new SecureJoinRecognizer(strictness);
        return MimeReader.read(message.stream(), MimeLimits.DEFAULT, recognizer).isEmpty() && recognizer.isRecognized();
    }
}
