package org.jameschatmail.protocols.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyGateTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String HEADER = "PROXY TCP4 203.0.113.9 192.0.2.1 4711 25\r\n";

    private final Session session = new Session();
    private SocketChannel socket;
    private ProxiedChannel proxied;
    private EmbeddedChannel channel;

    /** What comes behind the gate. */
    private static final class Session extends ChannelInboundHandlerAdapter {
        private final StringBuilder read = new StringBuilder();
        private int begun;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            begun++;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf octets = (ByteBuf) message;
            read.append(octets.toString(StandardCharsets.US_ASCII));
            octets.release();
        }
    }

    @BeforeEach
    void connect() throws IOException {
        socket = SocketChannel.open();
        proxied = new ProxiedChannel(null, socket);
        channel = new EmbeddedChannel(new ProxyGate(proxied, session, PATIENCE));
    }

    @AfterEach
    void close() throws IOException {
        channel.finishAndReleaseAll();
        socket.close();
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void sessionShouldBeginBehindTheHeader() {
        for (char octet : HEADER.toCharArray()) {
            assertThat(session.begun).isZero();
            send(String.valueOf(octet));
        }

        assertThat(session.begun).isEqualTo(1);
        assertThat(proxied.remoteAddress()).isEqualTo(new InetSocketAddress("203.0.113.9", 4711));
        send("EHLO mx\r\n");
        pass(PATIENCE.multipliedBy(2));
        assertThat(session.read).hasToString("EHLO mx\r\n");
        assertThat(session.begun).isEqualTo(1);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void sessionShouldGetWhatFollowsTheHeaderAtOnce() {
        send(HEADER + HEADER);

        assertThat(session.read).as("one header a connection").hasToString(HEADER);
    }

    @Test
    void sessionShouldBeginWithoutHeaderWhenSomethingElseComes() {
        send("EHLO mx\r\n");

        assertThat(session.begun).isEqualTo(1);
        assertThat(session.read).hasToString("EHLO mx\r\n");
    }

    @Test
    void sessionShouldBeginWhenNothingComesForAWhile() {
        pass(PATIENCE.dividedBy(2));
        assertThat(session.begun).isZero();

        pass(PATIENCE);

        assertThat(session.begun).isEqualTo(1);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void connectionShouldEndWhenTheHeaderStaysUnfinished() {
        send("PROXY TCP4 ");

        pass(PATIENCE.multipliedBy(2));

        assertThat(channel.isOpen()).isFalse();
        assertThat(session.begun).isZero();
    }

    @Test
    void connectionShouldEndWhenTheHeaderIsMalformed() {
        send("PROXY TCP4 evil.example\r\n");

        assertThat(channel.isOpen()).isFalse();
        assertThat(session.begun).isZero();
        assertThat(session.read).isEmpty();
    }
}
