package org.jameschatmail.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = new TrustedProxies(List.of(
            AddressRange.parse("10.0.0.0/8").orElseThrow(),
            AddressRange.parse("2001:db8::1").orElseThrow()));

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.2, false", "192.0.2.0/31, 192.0.2.1, true",
        "192.0.2.0/31, 192.0.2.2, false", "10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.1, false",
        "172.16.0.0/12, 172.31.255.255, true", "172.16.0.0/12, 172.32.0.0, false", "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false", "2001:db8::/32, 2001:db8:ffff::1, true", "2001:db8::/32, 2001:db9::1, false"
    })
    void rangeShouldHoldWhatBeginsWithItsBits(String range, String other, boolean held) throws Exception {
        assertThat(AddressRange.parse(range).orElseThrow().contains(address(other)))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "host.example",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10/8",
                "::/129"
            })
    void rangeShouldBeRefusedWhenItIsNone(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @Test
    void rangeShouldHaveNoMoreBitsThanItsAddress() {
        assertThatThrownBy(() -> new AddressRange(InetAddress.getLoopbackAddress(), 33))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1 | 203.0.113.9 | 203.0.113.9",
                "10.0.0.1 | 198.51.100.7, 203.0.113.9 | 203.0.113.9",
                "10.0.0.1 | 198.51.100.7, 203.0.113.9, 10.2.2.2 | 203.0.113.9",
                "10.0.0.1 | 203.0.113.9:4711 | 203.0.113.9",
                "10.0.0.1 | [2001:db8::9]:4711 | 2001:db8::9",
                "10.0.0.1 | 2001:db8::9 | 2001:db8::9",
                "10.0.0.1 | 10.3.3.3 | 10.3.3.3",
                "10.0.0.1 | 203.0.113.9, unknown | 10.0.0.1",
                "10.0.0.1 | 203.0.113.9, unknown, 10.2.2.2 | 10.2.2.2",
                "10.0.0.1 | '' | 10.0.0.1",
                "192.0.2.1 | 203.0.113.9 | 192.0.2.1",
                "2001:db8::1 | 203.0.113.9 | 203.0.113.9"
            })
    void clientShouldBeTheLastThatNoProxyIs(String peer, String forwarded, String client) throws Exception {
        assertThat(PROXIES.client(address(peer), List.of(forwarded))).isEqualTo(address(client));
    }

    @Test
    void headersShouldCountInTheirOrderAndWithinBounds() throws Exception {
        InetAddress proxy = address("10.0.0.1");
        assertThat(PROXIES.client(proxy, List.of())).isEqualTo(proxy);
        assertThat(PROXIES.client(proxy, List.of("198.51.100.7", "203.0.113.9")))
                .isEqualTo(address("203.0.113.9"));
        assertThat(PROXIES.client(proxy, List.of("203.0.113.9,".repeat(1000)))).isEqualTo(proxy);
        assertThat(PROXIES.client(proxy, List.of("203.0.113.9" + ",10.0.0.2".repeat(40))))
                .isEqualTo(address("10.0.0.2"));
    }
}
