package org.jameschatmail.web.alpn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jameschatmail.core.network.ClientNetwork;
import org.junit.jupiter.api.Test;

class ConnectionSlotsTest {
    private final ClientNetwork one = network("192.0.2.1");
    private final ClientNetwork two = network("192.0.2.2");
    private final ClientNetwork three = network("192.0.2.3");

    @Test
    void takeShouldFailWhenNetworkHasItsShare() {
        ConnectionSlots slots = new ConnectionSlots(10, 2);

        assertThat(slots.take(one)).isTrue();
        assertThat(slots.take(one)).isTrue();
        assertThat(slots.take(one)).isFalse();
        assertThat(slots.take(two)).isTrue();
        slots.release(one);
        assertThat(slots.take(one)).isTrue();
    }

    @Test
    void takeShouldFailWhenAllAreTaken() {
        ConnectionSlots slots = new ConnectionSlots(2, 2);

        assertThat(slots.take(one)).isTrue();
        assertThat(slots.take(two)).isTrue();
        assertThat(slots.take(three)).isFalse();
        slots.release(two);
        assertThat(slots.take(three)).isTrue();
    }

    @Test
    void takeShouldCountOneSubscriberWhenAddressesShareTheirNetwork() {
        ConnectionSlots slots = new ConnectionSlots(10, 1);

        assertThat(slots.take(network("2001:db8::1"))).isTrue();
        assertThat(slots.take(network("2001:db8::2"))).isFalse();
        assertThat(slots.take(network("2001:db8:0:1::2"))).isTrue();
    }

    @Test
    void slotsShouldRememberNobodyWhenAllAreReleased() {
        ConnectionSlots slots = new ConnectionSlots(10, 2);
        slots.take(one);
        slots.take(one);
        slots.take(two);
        slots.release(one);
        slots.release(one);
        slots.release(two);

        assertThat(slots.networks()).isZero();
    }

    private static ClientNetwork network(String address) {
        try {
            return ClientNetwork.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
