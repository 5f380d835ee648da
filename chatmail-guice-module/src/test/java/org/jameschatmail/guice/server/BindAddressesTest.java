package org.jameschatmail.guice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindAddressesTest {
    private static InetSocketAddress at(String address) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), 25);
    }

    @Test
    void wildcardsShouldBeOneWhenBothAreGiven() throws Exception {
        assertThat(BindAddresses.withoutOverlap(List.of(at("0.0.0.0"), at("::"))))
                .containsExactly(at("0.0.0.0"));
    }

    @Test
    void wildcardShouldStayWhenItIsAlone() throws Exception {
        assertThat(BindAddresses.withoutOverlap(List.of(at("::")))).containsExactly(at("::"));
    }

    @Test
    void addressesShouldStayWhenTheyDiffer() throws Exception {
        assertThat(BindAddresses.withoutOverlap(List.of(at("127.0.0.1"), at("::1"), at("127.0.0.1"))))
                .containsExactly(at("127.0.0.1"), at("::1"));
    }

    @Test
    void oneIpv6AddressShouldBeRefusedWhenJamesCantTakeIt() throws Exception {
        List<InetAddress> addresses = List.of(InetAddress.getByName("::"), InetAddress.getByName("::1"));

        assertThatThrownBy(() -> BindAddresses.requireKnownToJames(addresses))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("bind.address");
    }
}
