package org.jameschatmail.protocols.smtp.reception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.netty.CommandInjectionDetectedException;
import org.junit.jupiter.api.Test;

class SmtpFrameDecoderTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new SmtpFrameDecoder());

    private List<String> lines(String sent) {
        channel.writeInbound(Unpooled.copiedBuffer(sent, StandardCharsets.US_ASCII));
        List<String> lines = new ArrayList<>();
        for (ByteBuf line = channel.readInbound(); line != null; line = channel.readInbound()) {
            lines.add(line.toString(StandardCharsets.US_ASCII));
            line.release();
        }
        return lines;
    }

    @Test
    void linesShouldBeCutWhenTheyComeInPiecesAndTogether() {
        assertThat(lines("EH")).isEmpty();
        assertThat(lines("LO a\r\nNOOP\r\nQU")).containsExactly("EHLO a\r\n", "NOOP\r\n");
        assertThat(lines("IT\r\n")).containsExactly("QUIT\r\n");
    }

    @Test
    void lineShouldBeRefusedAndTheNextOneReadWhenItIsTooLong() {
        String tooLong = "x".repeat(SmtpFrameDecoder.MAX_LINE + 1);

        assertThat(lines(tooLong)).isEmpty();
        assertThat(lines(tooLong)).isEmpty();
        assertThatThrownBy(() -> lines("\r\n")).isInstanceOf(TooLongFrameException.class);
        assertThat(lines("NOOP\r\n")).containsExactly("NOOP\r\n");
    }

    @Test
    void longestLineShouldBeReadWhenItIsJustThatLong() {
        String longest = "x".repeat(SmtpFrameDecoder.MAX_LINE - 2) + "\r\n";

        assertThat(lines(longest)).containsExactly(longest);
    }

    @Test
    void commandShouldBeRefusedWhenItStandsBehindStartTls() {
        assertThatThrownBy(() -> lines("starttls\r\nMAIL FROM:<a@b.example>\r\n"))
                .hasRootCauseInstanceOf(CommandInjectionDetectedException.class);
    }

    @Test
    void commandShouldBeReadWhenStartTlsWasRefused() {
        assertThat(lines("STARTTLS\r\n")).containsExactly("STARTTLS\r\n");
        assertThat(lines("NOOP\r\n")).containsExactly("NOOP\r\n");
    }
}
