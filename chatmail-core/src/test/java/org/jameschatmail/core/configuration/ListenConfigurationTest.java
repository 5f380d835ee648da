package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.core.configuration.SettingsFixture.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListenConfigurationTest {
    @Test
    void listenShouldHaveDocumentedDefaults() throws UnknownHostException {
        assertThat(ListenConfiguration.DEFAULT)
                .isEqualTo(new ListenConfiguration(List.of(InetAddress.getByName("127.0.0.1")), 10000));
    }

    @Test
    void listenShouldMapEveryKey() throws UnknownHostException {
        Settings settings =
                settings(Map.ofEntries(Map.entry("bind.address", "0.0.0.0, ::1"), Map.entry("port.offset", "20000")));

        assertThat(ListenConfiguration.from(settings))
                .isEqualTo(new ListenConfiguration(
                        List.of(InetAddress.getByName("0.0.0.0"), InetAddress.getByName("::1")), 20000));
    }

    @Test
    void portShouldBeWellKnownPlusOffset() {
        assertThat(ListenConfiguration.DEFAULT.port(Service.SMTP)).isEqualTo(10025);
        assertThat(ListenConfiguration.DEFAULT.port(Service.WEBADMIN)).isEqualTo(18000);
    }

    @Test
    void portShouldStayInRangeWhenOffsetIsHighest() {
        ListenConfiguration highest = ListenConfiguration.from(settings(Map.of("port.offset", "57535")));

        assertThat(highest.port(Service.WEBADMIN)).isEqualTo(65535);
    }

    @Test
    void listenShouldRejectOffsetWhenPortsWouldLeaveRange() {
        assertThatThrownBy(() -> new ListenConfiguration(ListenConfiguration.DEFAULT.bindAddresses(), 57536))
                .hasMessageStartingWith("port.offset: ");
    }

    @Test
    void endpointsShouldBeLoopbackAloneWhenServiceIsWebAdmin() throws UnknownHostException {
        ListenConfiguration listen = ListenConfiguration.from(settings(Map.of("bind.address", "0.0.0.0, ::")));

        assertThat(listen.endpoints(Service.WEBADMIN))
                .containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 18000));
        assertThat(listen.endpoints(Service.IMAPS))
                .containsExactly(
                        new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 10993),
                        new InetSocketAddress(InetAddress.getByName("::"), 10993));
    }
}
