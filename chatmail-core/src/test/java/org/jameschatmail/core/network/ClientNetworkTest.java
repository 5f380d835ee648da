package org.jameschatmail.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.jameschatmail.core.address.IpAddress;
import org.junit.jupiter.api.Test;

class ClientNetworkTest {
    @Test
    void networkShouldBeSharedWithinOneIpv6Slash64() {
        assertThat(network("2001:db8:0:1::1")).isEqualTo(network("2001:db8:0:1:ffff::2"));
        assertThat(network("2001:db8:0:1::1")).hasSameHashCodeAs(network("2001:db8:0:1:ffff::2"));
        assertThat(network("2001:db8:0:1::1")).isNotEqualTo(network("2001:db8:0:2::1"));
    }

    @Test
    void networkShouldBeOneIpv4Address() {
        assertThat(network("192.0.2.1")).isEqualTo(network("::ffff:192.0.2.1"));
        assertThat(network("192.0.2.1")).isNotEqualTo(network("192.0.2.2"));
        assertThat(network("0.0.0.0")).isNotEqualTo(network("::"));
    }

    @Test
    void networkShouldHideAddressWhenPrinted() {
        assertThat(network("192.0.2.1")).hasToString("ClientNetwork[IPv4]");
    }

    private static ClientNetwork network(String address) {
        return ClientNetwork.of(IpAddress.parse(address).orElseThrow());
    }
}
