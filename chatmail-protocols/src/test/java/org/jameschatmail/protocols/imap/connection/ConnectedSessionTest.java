package org.jameschatmail.protocols.imap.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.handler.ssl.SslHandler;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.imapserver.netty.IMAPServer.AuthenticationConfiguration;
import org.apache.james.protocols.api.ClientAuth;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.jameschatmail.protocols.imap.frame.CommandFramer;
import org.jameschatmail.protocols.imap.frame.CommandMemory;
import org.jameschatmail.protocols.imap.frame.FrameLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectedSessionTest {
    private final DefaultEventLoopGroup threads = new DefaultEventLoopGroup(1);
    private final Channel channel = new LocalChannel();

    @BeforeEach
    void register() {
        threads.register(channel).syncUninterruptibly();
    }

    @AfterEach
    void end() {
        channel.close();
        threads.shutdownGracefully();
    }

    /** Whoever carries out the command goes on with its reply, which isn't safe for two. */
    @Test
    void tlsShouldBeThereWhenItWasStarted() throws Exception {
        CommandFramer framer = new CommandFramer(() -> FrameLimits.BEFORE_LOGIN, new CommandMemory(1000));
        ConnectedSession subject = new ConnectedSession(
                channel,
                framer,
                new JdkEncryption(),
                false,
                AuthenticationConfiguration.parse(new BaseHierarchicalConfiguration()));
        AtomicBoolean announced = new AtomicBoolean();

        assertThat(subject.startTLS(() -> {
                    sleep();
                    announced.set(channel.pipeline().get(HandlerConstants.SSL_HANDLER) == null);
                }))
                .isTrue();

        assertThat(announced).isTrue();
        assertThat(channel.pipeline().get(HandlerConstants.SSL_HANDLER)).isInstanceOf(SslHandler.class);
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class JdkEncryption implements Encryption {
        @Override
        public boolean isStartTLS() {
            return true;
        }

        @Override
        public boolean supportsEncryption() {
            return true;
        }

        @Override
        public String[] getEnabledCipherSuites() {
            return new String[0];
        }

        @Override
        public ClientAuth getClientAuth() {
            return ClientAuth.NONE;
        }

        @Override
        public SslHandler sslHandler() {
            try {
                return new SslHandler(SSLContext.getDefault().createSSLEngine());
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
    }
}
