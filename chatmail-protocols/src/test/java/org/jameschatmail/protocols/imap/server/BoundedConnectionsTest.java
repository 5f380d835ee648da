package org.jameschatmail.protocols.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class BoundedConnectionsTest {
    private final BoundedConnections subject = new BoundedConnections(4, 2);

    @Test
    void connectionsShouldBeBoundedInAll() throws Exception {
        for (int i = 1; i <= 4; i++) {
            assertThat(from("192.0.2." + i).isOpen()).isTrue();
        }
        assertThat(from("192.0.2.5").isOpen()).isFalse();
    }

    @Test
    void connectionsShouldBeBoundedPerAddress() throws Exception {
        from("192.0.2.1");
        from("192.0.2.1");

        assertThat(from("192.0.2.1").isOpen()).isFalse();
        assertThat(from("192.0.2.2").isOpen()).isTrue();
    }

    @Test
    void addressesOfOneIpv6NetworkShouldCountTogether() throws Exception {
        from("2001:db8:1:2::1");
        from("2001:db8:1:2:ffff::2");

        assertThat(from("2001:db8:1:2::3").isOpen()).isFalse();
        assertThat(from("2001:db8:1:3::3").isOpen()).isTrue();
    }

    @Test
    void connectionShouldCountNoMoreWhenItHasClosed() throws Exception {
        EmbeddedChannel first = from("192.0.2.1");
        from("192.0.2.1");
        for (int i = 0; i < 3; i++) {
            assertThat(from("192.0.2.1").isOpen()).isFalse();
        }

        first.close();

        assertThat(from("192.0.2.1").isOpen()).isTrue();
        assertThat(from("192.0.2.1").isOpen()).isFalse();
    }

    @Test
    void connectionShouldCountNoMoreInAllWhenItHasClosed() throws Exception {
        EmbeddedChannel first = from("192.0.2.1");
        for (int i = 2; i <= 4; i++) {
            from("192.0.2." + i);
        }
        assertThat(from("192.0.2.5").isOpen()).isFalse();

        first.close();

        assertThat(from("192.0.2.5").isOpen()).isTrue();
        assertThat(from("192.0.2.6").isOpen()).isFalse();
    }

    @Test
    void networkShouldBeForgottenWhenItsLastConnectionCloses() throws Exception {
        from("192.0.2.1").close();

        assertThat(subject.networks()).isZero();
    }

    @Test
    void zeroShouldBeWithoutALimit() throws Exception {
        BoundedConnections boundless = new BoundedConnections(0, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(from("192.0.2.1", boundless).isOpen()).isTrue();
        }
    }

    private EmbeddedChannel from(String address) throws UnknownHostException {
        return from(address, subject);
    }

    private static EmbeddedChannel from(String address, BoundedConnections subject) throws UnknownHostException {
        SocketAddress client = new InetSocketAddress(InetAddress.getByName(address), 1143);
        return new EmbeddedChannel(subject) {
            @Override
            protected SocketAddress remoteAddress0() {
                return client;
            }
        };
    }
}
