package org.jameschatmail.web.alpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jameschatmail.core.acme.PendingChallenges;
import org.junit.jupiter.api.Test;

class FirstMessageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Version and random, no session, one suite, no compression. */
    private static final String START = "0303" + "5a".repeat(32) + "00" + "0002c02b" + "0100";

    private static final String SNI = "0000" + "0011" + "000f" + "00" + "000c" + ascii("chat.example");
    private static final String ALPN = "0010" + "000d" + "000b" + "0a" + ascii("acme-tls/1");

    private final PendingChallenges challenges = new PendingChallenges();

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    private static String sized(String hex) {
        return HexFormat.of().toHexDigits(hex.length() / 2, 4) + hex;
    }

    private EmbeddedChannel channel() {
        return new EmbeddedChannel(
                new FirstMessage(ours(), List.of("imap", "http/1.1"), challenges, PATIENCE, PATIENCE));
    }

    private static SslContext ours() {
        try {
            return new JdkSslContext(SSLContext.getDefault(), false, ClientAuth.NONE);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void helloShouldBeRead() {
        assertThat(ClientHello.parse(bytes(START + sized(SNI + ALPN))))
                .contains(new ClientHello(List.of("acme-tls/1"), "chat.example"));
        assertThat(ClientHello.parse(bytes(START))).contains(new ClientHello(List.of(), ""));
        assertThat(ClientHello.parse(bytes(START + "0000"))).contains(new ClientHello(List.of(), ""));
    }

    @Test
    void helloShouldBeRefusedWhenItIsCutOff() {
        String whole = START + sized(SNI + ALPN);
        for (int end = 2; end < whole.length(); end += 2) {
            boolean rightEnd = end == START.length();
            assertThat(ClientHello.parse(bytes(whole.substring(0, end))).isPresent())
                    .as("%s octets", end / 2)
                    .isEqualTo(rightEnd);
        }
    }

    @Test
    void helloShouldNeverFailWhenItIsRubbish() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] whole = HexFormat.of().parseHex(START + sized(SNI + ALPN));
            for (int change = random.nextInt(6); change >= 0; change--) {
                whole[random.nextInt(whole.length)] = (byte) random.nextInt();
            }
            assertThat(ClientHello.parse(Unpooled.wrappedBuffer(whole, 0, random.nextInt(whole.length + 1))))
                    .isNotNull();
        }
    }

    @Test
    void connectionShouldEndWhenNothingComes() {
        EmbeddedChannel channel = channel();
        channel.advanceTimeBy(PATIENCE.toMillis() / 2, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        channel.advanceTimeBy(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void oursShouldGetTheHelloWhenItIsNoAuthoritys() {
        EmbeddedChannel channel = channel();
        String hello = "01" + "00" + sized(START + sized(SNI));

        assertThatThrownBy(() -> channel.writeInbound(bytes("160301" + sized(hello))))
                .as("it has no certificate here")
                .hasRootCauseInstanceOf(SSLHandshakeException.class);

        assertThat(channel.pipeline().get(FirstMessage.class)).isNull();
    }

    @Test
    void alertShouldSayThatThereIsNoSuchProtocol() {
        EmbeddedChannel channel = channel();
        String hello = "01" + "00" + sized(START + sized(SNI + ALPN));

        channel.writeInbound(bytes("160301" + sized(hello)));

        ByteBuf alert = channel.readOutbound();
        assertThat(HexFormat.of().formatHex(ByteBufUtil.getBytes(alert))).isEqualTo("15" + "0303" + "0002" + "0278");
        alert.release();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void connectionShouldBringNothingOnWhenItIsNotTls() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            byte[] rubbish = new byte[1 + random.nextInt(600)];
            random.nextBytes(rubbish);
            EmbeddedChannel channel = channel();
            try {
                channel.writeInbound(Unpooled.wrappedBuffer(rubbish));
                channel.checkException();
            } catch (DecoderException expected) {
                assertThat(expected).isInstanceOf(DecoderException.class);
            }
            assertThat((Object) channel.readInbound()).isNull();
            channel.finishAndReleaseAll();
        }
    }
}
