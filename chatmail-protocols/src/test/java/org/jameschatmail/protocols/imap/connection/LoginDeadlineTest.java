package org.jameschatmail.protocols.imap.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.imapserver.netty.IMAPServer.AuthenticationConfiguration;
import org.apache.james.imapserver.netty.NettyConstants;
import org.jameschatmail.protocols.imap.frame.CommandFramer;
import org.jameschatmail.protocols.imap.frame.CommandMemory;
import org.jameschatmail.protocols.imap.frame.FrameLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginDeadlineTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new LoginDeadline(Duration.ofMinutes(2)));
    private ConnectedSession session;

    @BeforeEach
    void attach() throws Exception {
        session = new ConnectedSession(
                channel,
                new CommandFramer(() -> FrameLimits.BEFORE_LOGIN, new CommandMemory(1000)),
                null,
                false,
                AuthenticationConfiguration.parse(new BaseHierarchicalConfiguration()));
        channel.attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(session);
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    @Test
    void connectionShouldEndWhenNobodyHasLoggedIn() {
        afterSeconds(110);
        assertThat(channel.isOpen()).isTrue();
        afterSeconds(20);

        ByteBuf bye = channel.readOutbound();
        assertThat(bye.toString(US_ASCII)).startsWith("* BYE ");
        bye.release();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void connectionShouldStayWhenItsClientHasLoggedIn() throws Exception {
        session.authenticated();
        afterSeconds(1_000);

        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void deadlineShouldBeForgottenWhenTheConnectionHasClosed() {
        channel.pipeline().fireChannelInactive();
        afterSeconds(1_000);

        assertThat(channel.<Object>readOutbound()).isNull();
    }

    private void afterSeconds(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
