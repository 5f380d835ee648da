package org.jameschatmail.protocols.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.AttributeKey;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {
    private static final AttributeKey<String> ONE = AttributeKey.valueOf("OpenConnectionsTest.ONE");
    private static final AttributeKey<Username> OTHER = AttributeKey.valueOf("OpenConnectionsTest.OTHER");
    private static final Username ALICE = Username.of("alice@chat.example");

    private final OpenConnections connections = new OpenConnections();

    @Test
    void connectionsShouldBeClosedWhenTheyAreOfTheAccount() {
        connections.know(ONE, name -> name.isEmpty() ? null : Username.of(name));
        connections.know(OTHER, name -> name);
        EmbeddedChannel first = channel();
        first.attr(ONE).set("Alice@chat.example");
        EmbeddedChannel second = channel();
        second.attr(OTHER).set(ALICE);
        EmbeddedChannel foreign = channel();
        foreign.attr(ONE).set("bob@chat.example");
        EmbeddedChannel beforeLogin = channel();
        beforeLogin.attr(ONE).set("");
        EmbeddedChannel beforeSession = channel();

        connections.close(ALICE);

        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen()).isFalse();
        assertThat(foreign.isOpen()).isTrue();
        assertThat(beforeLogin.isOpen()).isTrue();
        assertThat(beforeSession.isOpen()).isTrue();
    }

    @Test
    void connectionShouldBeForgottenWhenItCloses() {
        EmbeddedChannel channel = channel();
        assertThat(connections.count()).isEqualTo(1);

        channel.close().syncUninterruptibly();

        assertThat(connections.count()).isZero();
    }

    private EmbeddedChannel channel() {
        return new EmbeddedChannel(connections);
    }
}
