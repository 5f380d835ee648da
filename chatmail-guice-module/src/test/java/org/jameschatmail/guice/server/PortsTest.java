package org.jameschatmail.guice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jameschatmail.core.configuration.ListenConfiguration;
import org.jameschatmail.core.configuration.Service;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final List<InetAddress> LOOPBACK = List.of(InetAddress.getLoopbackAddress());
    private static final int ATTEMPTS = 50;

    @Test
    void faultShouldNameThePortAndTheServiceWhenItIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int offset = taken.getLocalPort() - Service.IMAPS.wellKnownPort();
            ListenConfiguration listen = new ListenConfiguration(LOOPBACK, offset);

            assertThatThrownBy(() -> Ports.requireFree(listen))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " for imaps at 127.0.0.1")
                    .hasMessageContaining("--port-offset");
        }
    }

    @Test
    void nothingShouldBeSaidWhenAllPortsAreFree() {
        boolean found = ThreadLocalRandom.current()
                .ints(ATTEMPTS, 10_000, 24_000)
                .mapToObj(offset -> new ListenConfiguration(LOOPBACK, offset))
                .anyMatch(PortsTest::areFree);

        assertThat(found).isTrue();
    }

    private static boolean areFree(ListenConfiguration listen) {
        try {
            Ports.requireFree(listen);
            return true;
        } catch (StartException e) {
            return false;
        }
    }
}
