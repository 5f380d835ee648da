package org.jameschatmail.integration.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The example board against the types that Grafana publishes of its boards: each key is one that Grafana knows, each
 * value one it takes, and nothing it asks for is missing. {@code ./chatmail test} installs them.
 */
class GrafanaBoardIT {
    private static final Path CHECK = Path.of("grafana/check.mjs");

    @Test
    void boardShouldBeOneThatGrafanaTakes() throws IOException, InterruptedException {
        assertThat(Files.exists(Path.of("grafana/node_modules")))
                .as("integration-tests/install-packages grafana")
                .isTrue();
        Process check = new ProcessBuilder("node", CHECK.toString(), "../docs/grafana/chatmail.json")
                .redirectErrorStream(true)
                .start();
        String faults = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(faults).isEmpty();
        assertThat(check.waitFor()).isZero();
    }
}
