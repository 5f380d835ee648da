package org.jameschatmail.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.jameschatmail.core.Eml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MimeReaderTest {
    private static final MimeLimits SMALL = new MimeLimits(100_000, 300, 5, 3, 2);

    /** Writes down what it is told: {@code <type "content" >}, or {@code !} for the end of what isn't intact. */
    private static final class Transcript implements MimeVisitor {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void startEntity(MimeEntity entity) {
            text.append('<')
                    .append(entity.contentType().map(ContentType::mediaType).orElse("?"))
                    .append(' ');
        }

        @Override
        public void content(byte[] buffer, int offset, int length) {
            text.append(new String(buffer, offset, length, StandardCharsets.ISO_8859_1)
                    .replace("\r", "")
                    .replace('\n', '|'));
        }

        @Override
        public void textOutsideParts() {
            text.append('#');
        }

        @Override
        public void endEntity(MimeEntity entity, boolean intact) {
            text.append(intact ? '>' : '!');
        }
    }

    @Test
    void readerShouldTellNestedParts() throws IOException {
        assertThat(transcript("""
                        Content-Type: multipart/mixed; boundary=a

                        preamble
                        --a
                        Content-Type: multipart/alternative; boundary=b

                        --b

                        one
                        two

                        --b
                        Content-Type: text/html

                        --b--
                        --a
                        Content-Type: message/rfc822

                        Content-Type: multipart/mixed; boundary=c

                        --c--
                        --a--
                        epilogue
                        """))
                .isEqualTo("<multipart/mixed #<multipart/alternative <text/plain one|two|><text/html >>"
                        + "<message/rfc822 Content-Type: multipart/mixed; boundary=c||--c-->#>");
    }

    @Test
    void readerShouldEndInnerMultipartsWhenOuterGoesOn() throws IOException {
        assertThat(transcript("""
                        Content-Type: multipart/mixed; boundary=a

                        --a
                        Content-Type: multipart/mixed; boundary=b

                        --b

                        x
                        --a

                        y
                        --a--
                        """)).isEqualTo("<multipart/mixed <multipart/mixed <text/plain x>!<text/plain y>>");
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Type: multipart/mixed; boundary=a\n\n--a\n\nx\n', <multipart/mixed <text/plain x!!",
        "'Content-Type: multipart/mixed; boundary=a\n\n--a\nX: y\n--a--\n', <multipart/mixed <text/plain !>",
        "'Content-Type: multipart/mixed; boundary=a\n\n--a\nX: y', <multipart/mixed <text/plain !!",
        "'Content-Type: multipart/mixed; boundary=a\n\n--a--', <multipart/mixed >",
        "'Content-Type: multipart/mixed; boundary=a', <multipart/mixed !",
        "'Content-Type: multipart/mixed\n\nx\n', <multipart/mixed x|!",
        "'Content-Type: x\n\nx', <? x>",
        "'A: b\n\nx\ny\n', <text/plain x|y|>",
        "'A: b\n\n', <text/plain >",
        "'A: b', <text/plain >",
        "'', <text/plain >",
        "'Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n--a--\n', <multipart/mixed <multipart/mixed !>"
    })
    void readerShouldTellWhatIsNotIntact(String message, String expected) throws IOException {
        assertThat(transcript(message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "base64, 'aGVs\nbG8=', hello, true",
        "base64, 'aGVs bG8= \n\n', hello, true",
        "base64, 'aGVsbG8', hel, false",
        "base64, 'aGVsbG8=x', hello, false",
        "base64, 'aGVs-bG8=', hel, false",
        "base64, 'aGVsbG8==', hello, false",
        "base64, 'aGU=bG8=', he, false",
        "base64, '=', '', false",
        "base64, 'a===', '', false",
        "base64, '', '', true",
        "Base64, 'aA==', h, true",
        "quoted-printable, 'h=65l=\nlo =3d  \n=20', 'hello =|\u0020', true",
        "quoted-printable, 'a=\n', a, true",
        "quoted-printable, 'a=  \nb', ab, true",
        "quoted-printable, 'a=4', a, false",
        "quoted-printable, 'a=4x', a, false",
        "quoted-printable, 'a\u00e9', a, false",
        "7bit, 'a\u00e9 ', 'a\u00e9 ', true",
        "8bit, 'a\n\nb', a||b, true",
        "binary, a, a, true",
        "'', a, a, true",
        "7bit (no), a, a, false",
        "uuencode, a, a, false"
    })
    void readerShouldDecodeTransferEncoding(String encoding, String body, String expected, boolean intact)
            throws IOException {
        String message = "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Transfer-Encoding: " + encoding
                + "\n\n" + body + "\n--a--\n";
        String transcript = transcript(message);
        assertThat(transcript).endsWith(intact ? ">>" : "!>");
        String content = transcript.substring("<multipart/mixed <text/plain ".length(), transcript.length() - 2);
        assertThat(intact ? content : content.substring(0, Math.min(content.length(), expected.length())))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8191, 8192, 8193})
    void readerShouldTellTheSameWhateverTheReadSizes(int size) throws IOException {
        for (int length = LineSource.BUFFER_SIZE - 4; length < LineSource.BUFFER_SIZE + 4; length++) {
            String line = "x".repeat(length);
            byte[] message = Eml.of("A: b\n\n" + line + "\n" + line + "\n\ny").bytes();
            Transcript transcript = new Transcript();
            assertThat(MimeReader.read(inSteps(message, size), MimeLimits.DEFAULT, transcript))
                    .isEmpty();
            assertThat(transcript.text).hasToString("<text/plain " + line + "|" + line + "||y>");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8192})
    void readerShouldFindBareLineBreaksAtEveryOffset(int size) throws IOException {
        String text = "A: b\r\n\r\n" + "x".repeat(LineSource.BUFFER_SIZE + 20);
        for (int i = 0; i <= text.length(); i += i < 20 || i > LineSource.BUFFER_SIZE - 20 ? 1 : 500) {
            for (String bare : new String[] {"\r", "\n", "\r\r\n", "\r\n\n"}) {
                Eml message = new Eml(text.substring(0, i) + bare + text.substring(i));
                boolean paired = message.text().replace("\r\n", "").matches("[^\r\n]*");
                Optional<MimeFault> fault =
                        MimeReader.read(inSteps(message.bytes(), size), MimeLimits.DEFAULT, new Transcript());
                assertThat(fault.isPresent()).as("%d", i).isEqualTo(!paired);
            }
        }
    }

    @Test
    void readerShouldUnfoldFields() throws IOException {
        MimeHeader header = headerOf("a:  b\n\t c \nB:\nC: =\u00c3\u00a9\nc: d\n\n");
        assertThat(header.first("A")).contains("b\t c");
        assertThat(header.only("b")).contains("");
        assertThat(header.first("c")).contains("=\u00e9");
        assertThat(header.only("c")).isEmpty();
        assertThat(header.count("C")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1, MALFORMED_HEADER, 'no field\n\n'",
        "1, MALFORMED_HEADER, ' a: b\n\n'",
        "1, MALFORMED_HEADER, ': b\n\n'",
        "1, MALFORMED_HEADER, 'a : b\n\n'",
        "1, MALFORMED_HEADER, 'no field'",
        "400, HEADER_TOO_LARGE, 'a: '",
        "6, HEADER_TOO_LARGE, 'a: b\n'",
        "40, HEADER_TOO_LARGE, 'a: b\n cccccccc'",
        "4, TOO_MANY_PARTS, '\n--a\n'",
        "50001, TOO_LARGE, '\n'"
    })
    void readerShouldTellFaults(int times, MimeFault fault, String repeated) throws IOException {
        String start = fault == MimeFault.TOO_MANY_PARTS ? "Content-Type: multipart/mixed; boundary=a\n\n" : "";
        Eml message = Eml.of(start + (times == 400 ? "a: " + "x".repeat(400) : repeated.repeat(times)));
        assertThat(MimeReader.read(message.stream(), SMALL, new Transcript())).contains(fault);
    }

    @Test
    void readerShouldTellFaultWhenNestingIsTooDeep() throws IOException {
        StringBuilder message = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            message.append("Content-Type: multipart/mixed; boundary=")
                    .append(i)
                    .append("\n\n--")
                    .append(i)
                    .append('\n');
        }
        assertThat(MimeReader.read(Eml.of(message.toString()).stream(), SMALL, new Transcript()))
                .contains(MimeFault.TOO_DEEPLY_NESTED);
    }

    @Test
    void readerShouldSurviveRubbish() throws IOException {
        Random random = new Random(5);
        String[] pieces = {
            "\r\n",
            "\r\n\r\n",
            "--a",
            "--a--",
            "--b",
            "Content-Type: multipart/mixed; boundary=a",
            " ",
            "\t",
            "x",
            ":",
            "Content-Type: multipart/encrypted; boundary=b",
            "Content-Transfer-Encoding: base64",
            "\r\n--a\r\n",
            "=",
            "\0"
        };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder message = new StringBuilder();
            for (int count = random.nextInt(30); count > 0; count--) {
                message.append(pieces[random.nextInt(pieces.length)]);
            }
            Transcript transcript = new Transcript();
            Optional<MimeFault> fault = MimeReader.read(new Eml(message.toString()).stream(), SMALL, transcript);
            if (fault.isEmpty()) {
                long starts = transcript.text.chars().filter(c -> c == '<').count();
                long ends = transcript
                        .text
                        .chars()
                        .filter(c -> c == '>' || c == '!')
                        .count();
                assertThat(ends).as("%s", message).isEqualTo(starts);
            }
        }
    }

    private static String transcript(String textBlock) throws IOException {
        Transcript transcript = new Transcript();
        assertThat(MimeReader.read(Eml.of(textBlock).stream(), MimeLimits.DEFAULT, transcript))
                .isEmpty();
        return transcript.text.toString();
    }

    private static MimeHeader headerOf(String textBlock) throws IOException {
        MimeHeader[] header = new MimeHeader[1];
        MimeReader.read(Eml.of(textBlock).stream(), MimeLimits.DEFAULT, new MimeVisitor() {
            @Override
            public void startEntity(MimeEntity entity) {
                header[0] = entity.header();
            }

            @Override
            public void content(byte[] buffer, int offset, int length) {}

            @Override
            public void textOutsideParts() {}

            @Override
            public void endEntity(MimeEntity entity, boolean intact) {}
        });
        return header[0];
    }

    private static InputStream inSteps(byte[] message, int size) {
        return new FilterInputStream(new ByteArrayInputStream(message)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, size));
            }
        };
    }
}
