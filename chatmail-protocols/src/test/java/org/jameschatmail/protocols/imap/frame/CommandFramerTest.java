package org.jameschatmail.protocols.imap.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandFramerTest {
    private static final FrameLimits LIMITS = new FrameLimits(200, 3, 20, 1000);

    private final CommandMemory memory = new CommandMemory(100_000);
    private FrameLimits limits = LIMITS;
    private final CommandFramer framer = new CommandFramer(() -> limits, memory);
    private final EmbeddedChannel channel = new EmbeddedChannel(framer);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void lineShouldBeACommandWhenItEndsInCrLfOrLf() {
        send("a NOOP\r\nb NOOP\n");

        assertThat(command()).isEqualTo("a NOOP\r\n");
        framer.next();
        channel.runPendingTasks();
        assertThat(command()).isEqualTo("b NOOP\n");
    }

    @Test
    void nextCommandShouldWaitUntilTheOneBeforeIsOver() {
        send("a NOOP\r\nb NOOP\r\n");

        assertThat(command()).isEqualTo("a NOOP\r\n");
        assertThat(command()).isNull();
    }

    @Test
    void blankLinesShouldBeSkipped() {
        send("\r\n \n\r\na NOOP\r\n");

        assertThat(command()).isEqualTo("a NOOP\r\n");
    }

    @Test
    void commandShouldBeTheSameWhenItArrivesOctetByOctet() {
        for (char octet : "a LOGIN {3+}\r\nfoo {3+}\r\nbar\r\n".toCharArray()) {
            send(String.valueOf(octet));
        }

        assertThat(command()).isEqualTo("a LOGIN {3+}\r\n|foo| {3+}\r\n|bar|\r\n");
        assertThat(sent()).isEmpty();
    }

    @Test
    void commandShouldEndTheConnectionWhenItDrips() {
        channel.freezeTime();
        limits = new FrameLimits(200, 3, 20, 50_000);
        framer.next();
        channel.runPendingTasks();
        send("a APPEND INBOX {50000+}\r\n");
        send("x".repeat(40_000));

        assertThat(refusedAfterAMinute()).isNull();
        send("x");
        assertThat(refusedAfterAMinute()).isEqualTo(new RefusedCommand("a BAD The command comes too slowly", true));
        assertThat(memory.held()).isZero();
    }

    @Test
    void commandShouldBeWaitedForWhenEnoughOfItComes() {
        channel.freezeTime();
        limits = new FrameLimits(200, 3, 20, 90_000);
        framer.next();
        channel.runPendingTasks();
        send("a APPEND INBOX {80000+}\r\n");

        for (int i = 0; i < 4; i++) {
            send("x".repeat(CommandFramer.LEAST_ARRIVING));
            assertThat(refusedAfterAMinute()).isNull();
        }
        send("x".repeat(80_000 - 4 * CommandFramer.LEAST_ARRIVING) + "\r\n");

        assertThat(command()).startsWith("a APPEND");
    }

    @Test
    void silenceBetweenCommandsShouldNotCount() {
        channel.freezeTime();
        send("a NO");
        send("OP\r\n");
        assertThat(command()).isEqualTo("a NOOP\r\n");
        framer.next();
        channel.runPendingTasks();

        assertThat(refusedAfterAMinute()).isNull();
        assertThat(refusedAfterAMinute()).isNull();
    }

    private @Nullable Object refusedAfterAMinute() {
        channel.advanceTimeBy(CommandFramer.PATIENCE_SECONDS, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        return channel.readInbound();
    }

    @Test
    void eachLiteralThatWaitsShouldBeAskedFor() {
        send("a LOGIN {3}\r\n");
        assertThat(sent()).isEqualTo("+ Ok\r\n");
        send("foo {3}\r\n");
        assertThat(sent()).isEqualTo("+ Ok\r\n");
        send("bar\r\n");

        assertThat(command()).isEqualTo("a LOGIN {3}\r\n|foo| {3}\r\n|bar|\r\n");
    }

    @Test
    void emptyLiteralShouldBeThere() {
        send("a LOGIN {0}\r\n \"\"\r\n");

        assertThat(sent()).isEqualTo("+ Ok\r\n");
        assertThat(command()).isEqualTo("a LOGIN {0}\r\n|| \"\"\r\n");
    }

    @Test
    void waitingLiteralShouldBeRefusedBeforeItIsSentWhenItIsTooLarge() {
        send("a LOGIN {21}\r\n");
        assertThat(refused()).isEqualTo(new RefusedCommand("a BAD Literal too large", false));
        assertThat(sent()).isEmpty();

        framer.next();
        send("b NOOP\r\n");
        assertThat(command()).isEqualTo("b NOOP\r\n");
    }

    @Test
    void literalShouldEndTheConnectionWhenItIsTooLargeAndDoesNotWait() {
        send("a LOGIN {2000000000+}\r\nxxxxxx\r\nb NOOP\r\n");

        assertThat(refused()).isEqualTo(new RefusedCommand("a BAD Literal too large", true));
        framer.next();
        channel.runPendingTasks();
        assertThat(command()).isNull();
    }

    @Test
    void literalsShouldBeBoundedInTheirSumAndTheirNumber() {
        send("a LOGIN {15+}\r\n123456789012345 {6}\r\n");
        assertThat(refused()).isEqualTo(new RefusedCommand("a BAD Literal too large", false));

        framer.next();
        send("b X {1+}\r\n1 {1+}\r\n1 {1+}\r\n1 {1}\r\n");
        assertThat(refused()).isEqualTo(new RefusedCommand("b BAD Literal too large", false));
    }

    @Test
    void numberOfALiteralShouldNotOverflow() {
        send("a LOGIN {9999999999}\r\n");

        assertThat(refused()).isEqualTo(new RefusedCommand("a BAD Literal too large", false));
    }

    @Test
    void messageShouldBeLargerThanOtherLiterals() {
        send("a append {5+}\r\nINBOX {1000+}\r\n" + "x".repeat(1000) + "\r\n");

        assertThat(command()).hasSize("a append {5+}\r\n|INBOX| {1000+}\r\n||\r\n".length() + 1000);
    }

    @Test
    void messageShouldBeTooBigAboveItsLimit() {
        send("a APPEND INBOX {1001}\r\n");

        assertThat(refused()).isEqualTo(new RefusedCommand("a NO [TOOBIG] Message too large", false));
    }

    @Test
    void onlyOneLiteralOfACommandShouldBeAMessage() {
        send("a APPEND {500+}\r\n" + "x".repeat(500) + " {500}\r\n");

        assertThat(refused()).isEqualTo(new RefusedCommand("a BAD Literal too large", false));
    }

    @Test
    void nothingShouldBeAMessageBeforeLogin() {
        limits = FrameLimits.BEFORE_LOGIN;
        CommandFramer fresh = new CommandFramer(() -> limits, memory);
        EmbeddedChannel other = new EmbeddedChannel(fresh);
        other.writeInbound(Unpooled.copiedBuffer("a APPEND INBOX {5000}\r\n", US_ASCII));

        assertThat((Object) other.readInbound()).isEqualTo(new RefusedCommand("a BAD Literal too large", false));
        other.finishAndReleaseAll();
    }

    @Test
    void lineShouldBeRefusedAtItsEndWhenItIsTooLong() {
        send("a NOOP " + "x".repeat(250));
        assertThat((Object) channel.readInbound()).isNull();
        send("x".repeat(1000) + "\r\nb NOOP\r\n");

        assertThat(refused()).isEqualTo(new RefusedCommand("a BAD Command line too long", false));
        framer.next();
        channel.runPendingTasks();
        assertThat(command()).isEqualTo("b NOOP\r\n");
    }

    @Test
    void lineShouldEndTheConnectionWhenItIsTooLongAndALiteralFollows() {
        send("a NOOP " + "x".repeat(250) + " {3");
        send("+}\r\nabc\r\n");

        assertThat(refused()).isEqualTo(new RefusedCommand("a BAD Command line too long", true));
    }

    @Test
    void linesOfOneCommandShouldCountTogether() {
        send("a X " + "x".repeat(150) + " {1+}\r\n1" + "x".repeat(100) + "\r\n");

        assertThat(refused().reply()).isEqualTo("a BAD Command line too long");
    }

    @Test
    void commandShouldEndTheConnectionWhenAllTogetherHoldTooMuch() {
        limits = FrameLimits.afterLogin(65536, 1_000_000);
        framer.next();
        send("a NOOP\r\n");
        command();
        framer.next();
        send("b APPEND INBOX {80000+}\r\n" + "x".repeat(80_000));
        assertThat(memory.held()).isBetween(70_000L, 80_000L);
        EmbeddedChannel other = new EmbeddedChannel(new CommandFramer(() -> limits, memory));
        other.writeInbound(Unpooled.copiedBuffer("c APPEND INBOX {60000+}\r\n" + "x".repeat(60_000), US_ASCII));

        assertThat((Object) other.readInbound())
                .isEqualTo(new RefusedCommand("c NO [LIMIT] Too much to do, try again", true));
        other.finishAndReleaseAll();
        channel.close();
        assertThat(memory.held()).isZero();
    }

    @Test
    void memoryShouldBeGivenBackWhenTheCommandIsOver() {
        limits = FrameLimits.afterLogin(65536, 1_000_000);
        send("a NOOP\r\n");
        command();
        framer.next();
        send("b APPEND INBOX {80000+}\r\n" + "x".repeat(80_000) + "\r\n");
        CommandFrame frame = channel.readInbound();
        assertThat(memory.held()).isPositive();

        frame.close();
        frame.close();

        assertThat(memory.held()).isZero();
    }

    @Test
    void clientShouldNotBeReadOnWhenItPipelinesTooMuch() {
        send("a NOOP\r\n");
        send("b NOOP\r\n".repeat(10_000));
        assertThat(channel.config().isAutoRead()).isFalse();

        framer.next();
        channel.runPendingTasks();

        assertThat(command()).isEqualTo("a NOOP\r\n");
        assertThat(command()).isEqualTo("b NOOP\r\n");
    }

    @Test
    void lineHandlerShouldGetLinesUntilItIsGone() {
        List<String> lines = new ArrayList<>();
        framer.pushLineHandler(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object line) {
                lines.add(((ByteBuf) line).toString(US_ASCII));
                framer.popLineHandler();
            }
        });
        send("DONE\nb NOOP\r\n");

        assertThat(lines).containsExactly("DONE\n");
        assertThat(command()).isEqualTo("b NOOP\r\n");
    }

    @Test
    void rubbishShouldNeverThrowNorHoldMemory() {
        limits = FrameLimits.afterLogin(300, 500);
        Random random = new Random(7);
        String[] pieces = {
            "a ", "APPEND ", "{", "}", "+", "12", "9999999999999999999", "\r", "\n", "\r\n", "\"", "\0", "(", "ÿ"
        };
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < random.nextInt(40); i++) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            EmbeddedChannel one = new EmbeddedChannel(new CommandFramer(() -> limits, memory));
            one.writeInbound(Unpooled.copiedBuffer(text, java.nio.charset.StandardCharsets.ISO_8859_1));
            if (one.readInbound() instanceof CommandFrame frame) {
                new FrameReader(frame);
                frame.close();
            }
            one.finishAndReleaseAll();
        }
        assertThat(memory.held()).isZero();
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
        channel.runPendingTasks();
    }

    private @Nullable String command() {
        Object message = channel.readInbound();
        if (!(message instanceof CommandFrame frame)) {
            assertThat(message).isNull();
            return null;
        }
        List<String> parts = new ArrayList<>();
        frame.parts().forEach(part -> parts.add(new String(part, US_ASCII)));
        frame.close();
        return String.join("|", parts);
    }

    private RefusedCommand refused() {
        return (RefusedCommand) (Object) channel.readInbound();
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            text.append(out.toString(US_ASCII));
        }
        return text.toString();
    }
}
