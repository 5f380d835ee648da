package org.jameschatmail.core.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.mime.Strictness.LENIENT;
import static org.jameschatmail.core.mime.Strictness.STRICT;

import java.io.IOException;
import org.jameschatmail.core.Eml;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.mime.Strictness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in armor beside the data: header lines, and the checksum. */
class ArmorTest {
    private static final Eml MESSAGE = Eml.fixture("delta-chat");
    private static final String BEGIN = "-----BEGIN PGP MESSAGE-----\n";
    private static final String CHECKSUM =
            MESSAGE.text().replaceAll("(?s).*\r\n(=[A-Za-z0-9+/]{4})\r\n-----END.*", "$1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Version: GnuPG v2",
                "a: b",
                "z: b",
                "A: b",
                "Z: b",
                "X-0-9: b",
                "Comment:",
                "K:: \u007f~",
                "H: x:y z"
            })
    void headerShouldBeSkippedIncomingAlone(String line) throws IOException {
        Eml message = MESSAGE.with(BEGIN, BEGIN + line + "\n");
        assertThat(recognizes(message, LENIENT)).isTrue();
        assertThat(recognizes(message, STRICT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ": x",
                "Version",
                "Ver sion: x",
                "Ver_sion: x",
                "/: x",
                ";: x",
                "@: x",
                "[: x",
                "`: x",
                "{: x",
                "\u00e9: x",
                "A\nb: c"
            })
    void headerShouldBeRefusedWhenItsKeyIsNone(String line) throws IOException {
        assertThat(recognizes(MESSAGE.with(BEGIN, BEGIN + line + "\n"), LENIENT))
                .isFalse();
    }

    @Test
    void headersShouldBeRefusedWhenTheyHoldALetter() throws IOException {
        String most = "Comment:" + "x".repeat(1016) + "\n";
        assertThat(recognizes(MESSAGE.with(BEGIN, BEGIN + most), LENIENT)).isTrue();
        assertThat(recognizes(MESSAGE.with(BEGIN, BEGIN + "x" + most), LENIENT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=AAAA", "=AAA", "=A", "=", "=AAAA ", "= AAA", "=////"})
    void checksumShouldNotBeJudged(String checksum) throws IOException {
        assertThat(recognizes(MESSAGE.with(CHECKSUM, checksum), STRICT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=AAAAA", "=AA!A", "==AAA", "=hello-", "=AAAA\n=AAAA", "=AAAA\nAAAA", "=AAAA\nhello", "AAAA!"})
    void checksumShouldBeRefusedWhenItIsMoreThanThat(String checksum) throws IOException {
        assertThat(recognizes(MESSAGE.with(CHECKSUM, checksum), LENIENT)).isFalse();
    }

    private static boolean recognizes(Eml message, Strictness strictness) throws IOException {
        return OpenPgpRecognizer.recognizes(message.stream(), MimeLimits.DEFAULT, strictness);
    }
}
