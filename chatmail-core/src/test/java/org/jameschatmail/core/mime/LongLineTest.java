package org.jameschatmail.core.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.core.Eml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines and headers around the sizes at which the reader cuts a line into pieces, or needs more room. */
class LongLineTest {
    private static final int BUFFER = LineSource.BUFFER_SIZE;

    @ParameterizedTest
    @ValueSource(strings = {"--a", "--a--"})
    void readerShouldFindNoDelimiterWithinALine(String delimiter) throws IOException {
        String text = "x".repeat(BUFFER) + delimiter;
        Recorder recorder =
                read("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\n" + text + "\r\n--a--\r\n");
        assertThat(recorder.contents).containsExactly(text);
        assertThat(recorder.intact).containsExactly(true, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {BUFFER - 2, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER})
    void headerShouldGoOnWhenAFieldFillsTheBuffer(int length) throws IOException {
        String value = "v".repeat(length - 3);
        MimeHeader header =
                read("X: " + value + "\r\nFrom: a@b\r\n\r\n").headers.get(0);
        assertThat(header.first("X")).contains(value);
        assertThat(header.only("From")).contains("a@b");
    }

    @Test
    void headerShouldKeepEveryFieldWhenTheyAreMany() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append("X-")
                    .append(i)
                    .append(": ")
                    .append("v".repeat(i))
                    .append(" ")
                    .append(i)
                    .append("\r\n");
        }
        MimeHeader header = read(text + "\r\n").headers.get(0);
        assertThat(header.fields()).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(header.only("x-" + i)).contains(("v".repeat(i) + " " + i).strip());
        }
    }

    @Test
    void headerShouldBeJoinedWhenItIsFoldedFarBeyondTheBuffer() throws IOException {
        MimeHeader header = read("X: a" + ("\r\n " + "v".repeat(997)).repeat(40) + "\r\n\r\n")
                .headers
                .get(0);
        assertThat(header.only("X")).contains("a" + (" " + "v".repeat(997)).repeat(40));
    }

    @Test
    void limitsShouldBePositive() {
        assertThat(new MimeLimits(1, 1, 1, 1, 1)).isNotNull();
        assertThatThrownBy(() -> new MimeLimits(0, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MimeLimits(1, 0, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MimeLimits(1, 1, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MimeLimits(1, 1, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MimeLimits(1, 1, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Recorder read(String message) throws IOException {
        Recorder recorder = new Recorder();
        assertThat(MimeReader.read(new Eml(message).stream(), MimeLimits.DEFAULT, recorder))
                .isEmpty();
        return recorder;
    }

    private static final class Recorder implements MimeVisitor {
        private final List<MimeHeader> headers = new ArrayList<>();
        private final List<String> contents = new ArrayList<>();
        private final List<Boolean> intact = new ArrayList<>();
        private final StringBuilder content = new StringBuilder();

        @Override
        public void startEntity(MimeEntity entity) {
            headers.add(entity.header());
        }

        @Override
        public void content(byte[] buffer, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                content.append((char) (buffer[i] & 0xFF));
            }
        }

        @Override
        public void textOutsideParts() {}

        @Override
        public void endEntity(MimeEntity entity, boolean whole) {
            if (!entity.isMultipart()) {
                contents.add(content.toString());
                content.setLength(0);
            }
            intact.add(whole);
        }
    }
}
