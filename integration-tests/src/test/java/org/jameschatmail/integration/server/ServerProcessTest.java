package org.jameschatmail.integration.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ServerProcessTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void lineShouldBeFoundWhenTheProcessKeepsRunning() {
        try (ServerProcess process = shell("echo one; echo READY now; cat /dev/zero >/dev/null")) {
            assertThat(process.awaitLine(line -> line.startsWith("READY "), LONG))
                    .contains("READY now");
            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    @Timeout(60)
    void lineShouldBeMissedAtOnceWhenTheProcessEnds() {
        try (ServerProcess process = shell("echo READY on the wrong stream >&2; exit 3")) {
            assertThat(process.awaitLine(line -> line.startsWith("READY "), LONG))
                    .isEmpty();
            assertThat(process.awaitExit(LONG)).isEqualTo(3);
            assertThat(process.tail(1)).isEqualTo("READY on the wrong stream");
        }
    }

    @Test
    void exitShouldFailWithTheOutputWhenTheProcessDoesNotEndInTime() {
        try (ServerProcess process = shell("echo still here; cat /dev/zero >/dev/null")) {
            process.awaitLine(line -> true, LONG);

            assertThatThrownBy(() -> process.awaitExit(SHORT)).hasMessageContaining("still here");
        }
    }

    @Test
    void environmentShouldReachTheProcessWhenItIsGiven() {
        try (ServerProcess process = ServerProcess.start(
                List.of("/bin/sh", "-c", "echo $CHATMAIL_TEST_VALUE"), Map.of("CHATMAIL_TEST_VALUE", "given"))) {
            process.awaitExit(LONG);

            assertThat(process.standardOutput()).containsExactly("given");
        }
    }

    private static ServerProcess shell(String script) {
        return ServerProcess.start(List.of("/bin/sh", "-c", script), Map.of());
    }
}
