package org.jameschatmail.protocols.smtp.reception;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.jameschatmail.core.verdict.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptionTest {
    private static final long MAX_SIZE = 1_000_000;

    private final MemoryBudget budget = new MemoryBudget(MAX_SIZE);

    private static ByteBuf octets(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static String text(Reception reception) throws IOException {
        try (InputStream in = reception.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private Reception receive(String sent) {
        Reception reception = new Reception(MAX_SIZE, budget);
        assertThat(reception.read(octets(sent))).isTrue();
        return reception;
    }

    @Test
    void messageShouldBeKeptWithoutItsDotsWhenCutAnywhere() throws IOException {
        String sent = "..\r\n..one\r\n.two\r\n three.\r\n\r\n...\r\n.\r\n";
        for (int cut = 0; cut <= sent.length(); cut++) {
            try (Reception reception = new Reception(MAX_SIZE, budget)) {
                reception.read(octets(sent.substring(0, cut)));
                boolean ended = reception.read(octets(sent.substring(cut)));

                assertThat(ended).isTrue();
                assertThat(text(reception)).isEqualTo(".\r\n.one\r\ntwo\r\n three.\r\n\r\n..\r\n");
                assertThat(reception.fault()).isEmpty();
            }
        }
    }

    @Test
    void messageShouldBeEmptyWhenTheFirstLineEndsIt() throws IOException {
        assertThat(text(receive(".\r\n"))).isEmpty();
    }

    @Test
    void whatIsBehindTheEndShouldBeLeftWhenMoreWasSent() {
        ByteBuf in = octets("a\r\n.\r\nQUIT\r\n");

        assertThat(new Reception(MAX_SIZE, budget).read(in)).isTrue();
        assertThat(in.toString(StandardCharsets.ISO_8859_1)).isEqualTo("QUIT\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n.\nb",
                "a\r.\rb",
                "a\n.\r\nb",
                "a\r\n.\nb",
                "a\r\n.\rb",
                "a\r.\r\nb",
                "\n",
                "\r\r\n.",
                ".\rMAIL",
                "a\r\n.\r.\r\nb",
                ".\r\r\n"
            })
    void messageShouldGoOnAndBeRefusedWhenALineEndIsBare(String sent) {
        Reception reception = new Reception(MAX_SIZE, budget);

        assertThat(reception.read(octets(sent))).isFalse();
        assertThat(reception.read(octets("\r\nc\r\n.\r\n"))).isTrue();
        assertThat(reception.fault()).contains(Reason.BARE_LINE_BREAK);
    }

    @Test
    void messageShouldBeRefusedAtItsEndWhenItIsTooLarge() {
        Reception reception = new Reception(10, budget);

        assertThat(reception.read(octets("12345678\r\n1"))).isFalse();
        assertThat(reception.read(octets("\r\n.\r\n"))).isTrue();
        assertThat(reception.fault()).contains(Reason.MESSAGE_TOO_LARGE);
        assertThat(new Reception(10, budget).read(octets("12345678\r\n.\r\n"))).isTrue();
    }

    @Test
    void largestMessageShouldBeTakenWhenItsDotsAreStuffed() throws IOException {
        Reception reception = new Reception(10, budget);

        assertThat(reception.read(octets("........\r\n.\r\n"))).isTrue();
        assertThat(reception.fault()).isEmpty();
        assertThat(text(reception)).hasSize(9);
    }

    @Test
    void largeMessageShouldComeBackWholeAndCostNoMemoryWhenItIsInAFile() throws IOException {
        String line = "x".repeat(998) + "\r\n";
        String message = line.repeat(900);
        Reception reception = receive(message + ".\r\n");

        assertThat(text(reception)).isEqualTo(message);
        assertThat(budget.reserved()).isZero();
        reception.close();
    }

    @Test
    void messageShouldComeBackWholeWhenTheMemoryOfAllIsTaken() throws IOException {
        budget.reserve(MAX_SIZE);

        assertThat(text(receive("hello\r\n.\r\n"))).isEqualTo("hello\r\n");
        assertThat(budget.reserved()).isEqualTo(MAX_SIZE);
    }

    @Test
    void memoryShouldComeBackWhenAReceptionIsClosed() throws IOException {
        Reception reception = new Reception(MAX_SIZE, budget);
        reception.read(octets("half a message"));
        assertThat(budget.reserved()).isPositive();

        reception.close();
        reception.close();

        assertThat(budget.reserved()).isZero();
    }

    /** Octets that matter, in any order: whatever the cuts, the same message and the same verdict. */
    @Test
    void outcomeShouldNotDependOnTheCutsWhenOctetsAreRandom() throws IOException {
        Random random = new Random(20261122);
        for (int round = 0; round < 2_000; round++) {
            String sent = IntStream.range(0, random.nextInt(40))
                            .mapToObj(index -> "\r\n.ab".charAt(random.nextInt(5)))
                            .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                    + "\r\n.\r\n";
            try (Reception whole = new Reception(MAX_SIZE, budget);
                    Reception pieces = new Reception(MAX_SIZE, budget)) {
                ByteBuf left = octets(sent);
                whole.read(left);
                ByteBuf one = Unpooled.buffer();
                int used = 0;
                boolean ended = false;
                while (!ended && used < sent.length()) {
                    one.clear();
                    one.writeByte(sent.charAt(used++));
                    ended = pieces.read(one);
                }

                assertThat(pieces.fault()).isEqualTo(whole.fault());
                assertThat(used).isEqualTo(sent.length() - left.readableBytes());
                assertThat(text(pieces)).isEqualTo(text(whole));
            }
        }
    }
}
