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
    void connectionShouldBeClosedByItsNextCommandWhenItsLoginWasUnderWay() {
        connections.know(OTHER, name -> name);
        EmbeddedChannel late = channel();
        EmbeddedChannel foreign = channel();
        foreign.attr(OTHER).set(Username.of("bob@chat.example"));
        connections.close(ALICE);
        EmbeddedChannel again = channel();
        late.attr(OTHER).set(ALICE);
        again.attr(OTHER).set(ALICE);

        assertThat(late.writeInbound("a command")).isFalse();
        assertThat(late.isOpen()).isFalse();
        assertThat(foreign.writeInbound("a command")).isTrue();
        assertThat(again.writeInbound("a command")).as("came afterwards").isTrue();
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
