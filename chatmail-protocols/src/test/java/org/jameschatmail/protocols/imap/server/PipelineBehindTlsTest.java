package org.jameschatmail.protocols.imap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.jameschatmail.protocols.imap.capability.CapabilityVisibility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener with TLS from the first byte lends what stands behind TLS to a port that isn't its own. */
class PipelineBehindTlsTest {
    private static final String ALICE = "alice@example.org";
    private static final String PASSWORD = "correct horse";

    private final EventLoopGroup threads = new NioEventLoopGroup(1);
    private TestCertificate certificate;
    private ImapListener listener;
    private int otherPort;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        certificate = TestCertificate.in(folder);
        listener = new ImapListener(
                CapabilityVisibility.DEFAULT,
                Map::of,
                Map.of(
                        "tls[@socketTLS]",
                        true,
                        "tls[@startTLS]",
                        false,
                        "tls.privateKey",
                        certificate.privateKey().toUri().toString(),
                        "tls.certificates",
                        certificate.chain().toUri().toString(),
                        "auth.requireSSL",
                        true,
                        "connectionLimitPerIP",
                        2));
        listener.mailboxes().addAccount(ALICE, PASSWORD);
        otherPort = listen(listener.server().pipelineBehindTls().orElseThrow());
    }

    @AfterEach
    void stop() {
        listener.close();
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void otherPortShouldSpeakAsTheListenerDoes() throws Exception {
        try (WireClient own = connect(listener.server().getPort());
                WireClient other = connect(otherPort)) {
            assertThat(other.command("a CAPABILITY"))
                    .isEqualTo(own.command("a CAPABILITY"))
                    .first()
                    .asString()
                    .contains("AUTH=PLAIN", "COMPRESS=DEFLATE")
                    .doesNotContain("STARTTLS", "LOGINDISABLED");
            for (WireClient client : new WireClient[] {own, other}) {
                assertThat(client.command("b LOGIN " + ALICE + " \"" + PASSWORD + "\"")
                                .get(0))
                        .startsWith("b OK ");
                assertThat(client.command("c COMPRESS DEFLATE").get(0)).startsWith("c OK");
                client.compress();
                assertThat(client.command("d SELECT INBOX")).contains("* 0 EXISTS");
            }
        }
    }

    @Test
    void otherPortShouldCountUnderTheLimitsOfTheListener() throws Exception {
        try (WireClient own = connect(listener.server().getPort())) {
            try (WireClient other = connect(otherPort)) {
                assertThat(other.command("a NOOP").get(0)).startsWith("a OK");
                for (int port : new int[] {otherPort, listener.server().getPort()}) {
                    assertThatThrownBy(() -> {
                                try (WireClient third = connect(port)) {
                                    third.command("a NOOP");
                                }
                            })
                            .isInstanceOf(IOException.class);
                }
            }
            assertThat(own.command("a NOOP").get(0)).startsWith("a OK");
        }
    }

    @Test
    void listenerShouldLendNothingWhenItStartsInClear() throws Exception {
        try (ImapListener clear = new ImapListener(CapabilityVisibility.DEFAULT, Map::of, Map.of())) {
            assertThat(clear.server().pipelineBehindTls()).isEmpty();
        }
    }

    private WireClient connect(int port) throws IOException {
        return new WireClient(
                certificate.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
    }

    /** Ends TLS itself, and sets up the rest after the handshake. */
    private int listen(ChannelHandler behindTls) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        SSLEngine engine = certificate.context().createSSLEngine();
                        engine.setUseClientMode(false);
                        channel.pipeline()
                                .addLast("sslHandler", new SslHandler(engine))
                                .addLast(new AfterHandshake(behindTls));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static final class AfterHandshake extends ChannelInboundHandlerAdapter {
        private final ChannelHandler pipeline;

        AfterHandshake(ChannelHandler pipeline) {
            this.pipeline = pipeline;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            // Told later, to those who come then.
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == SslHandshakeCompletionEvent.SUCCESS) {
                context.pipeline().addLast(pipeline);
                context.fireChannelActive();
                context.pipeline().remove(this);
            }
        }
    }
}
