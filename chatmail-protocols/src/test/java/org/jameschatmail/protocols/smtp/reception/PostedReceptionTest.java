package org.jameschatmail.protocols.smtp.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jameschatmail.core.verdict.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostedReceptionTest {
    private static final int MAX_SIZE = 1_000;
    private static final int MESSAGES = 50_000;

    private final MemoryBudget budget = new MemoryBudget(100_000);

    private PostedReception receive(String... pieces) {
        PostedReception reception = new PostedReception(MAX_SIZE, budget);
        for (String piece : pieces) {
            byte[] octets = piece.getBytes(StandardCharsets.ISO_8859_1);
            reception.read(octets, octets.length);
        }
        reception.end();
        return reception;
    }

    private static String text(PostedReception reception) throws IOException {
        try (InputStream in = reception.message("name").getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** In these, {@code /} stands for CR LF. */
    @ParameterizedTest
    @CsvSource({
        "a/, a/",
        "a/./, a/",
        "a/., a/",
        "./, ''",
        "a, a",
        "'', ''",
        "..a/, .a/",
        "...a/, ..a/",
        ".a/, .a/",
        "a/../, a/./",
        "a/../b/, a/./b/",
        "a/./b/, a/./b/",
        "a/././, a/./",
        "a/././b/, a/././b/",
        "a/.././, a/./",
        "a/./../, a/././",
        "a.././, a../",
        "//.//, //.//",
        "a/.b/..c/./, a/.b/.c/"
    })
    void dotsShouldBeUndoneAtTheStartOfALineWhenCutAnywhere(String posted, String kept) throws IOException {
        String body = posted.replace("/", "\r\n");
        for (int cut = 0; cut <= body.length(); cut++) {
            try (PostedReception reception = receive(body.substring(0, cut), body.substring(cut))) {
                assertThat(reception.fault()).isEmpty();
                assertThat(text(reception)).isEqualTo(kept.replace("/", "\r\n"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n",
                "a\r",
                "\r",
                "\n",
                ".\n",
                ".\r",
                "a\r\n.\r",
                "a\r\n.\n",
                "a\rb",
                ".\rb",
                "..\n",
                "\r\r\n",
                "a\r\n.\r.\r\n"
            })
    void messageShouldBeRefusedWhenALineBreakIsBare(String body) {
        for (int cut = 0; cut <= body.length(); cut++) {
            try (PostedReception reception = receive(body.substring(0, cut), body.substring(cut))) {
                assertThat(reception.fault()).contains(Reason.BARE_LINE_BREAK);
            }
        }
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void messageShouldBeTheOneBeforeStuffingWhateverItsLines() throws IOException {
        Random random = new Random(20261122);
        for (int message = 0; message < MESSAGES; message++) {
            List<String> lines = new ArrayList<>();
            for (int line = random.nextInt(6); line >= 0; line--) {
                lines.add(randomLine(random));
            }
            String original = lines.stream().map(line -> line + "\r\n").collect(Collectors.joining());
            String stuffed = lines.stream()
                    .map(line -> (line.startsWith(".") ? "." : "") + line + "\r\n")
                    .collect(Collectors.joining());
            String end = random.nextBoolean() ? ".\r\n" : "";
            assertThat(received(stuffed + end, random)).as(stuffed + end).isEqualTo(original);

            boolean plain = lines.stream().noneMatch(line -> line.startsWith(".."));
            boolean dotEnds = lines.get(lines.size() - 1).equals(".");
            if (plain && !(dotEnds && end.isEmpty())) {
                assertThat(received(original + end, random)).as(original + end).isEqualTo(original);
            }
        }
    }

    private static String randomLine(Random random) {
        return random.ints(random.nextInt(4), 0, 3)
                .mapToObj(".a-"::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private String received(String body, Random random) throws IOException {
        int first = random.nextInt(body.length() + 1);
        int second = first + random.nextInt(body.length() - first + 1);
        try (PostedReception reception =
                receive(body.substring(0, first), body.substring(first, second), body.substring(second))) {
            return text(reception);
        }
    }

    @Test
    void sizeShouldBeThatOfTheMessageWhenItIsStuffed() {
        String lines = "..\r\n".repeat(MAX_SIZE / 3);
        try (PostedReception fits = receive(lines + ".\r\n");
                PostedReception exceeds = receive(lines + "xx\r\n.\r\n")) {
            assertThat(fits.fault()).isEmpty();
            assertThat(exceeds.fault()).contains(Reason.MESSAGE_TOO_LARGE);
        }
        assertThat(budget.reserved()).isZero();
    }
}
