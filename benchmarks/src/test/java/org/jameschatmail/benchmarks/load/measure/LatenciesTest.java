package org.jameschatmail.benchmarks.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void percentileShouldLieBetweenNeighborsWhenNoneIsExact() {
        for (int millis = 100; millis > 0; millis--) {
            latencies.add(millis * 1_000_000L);
        }

        assertThat(latencies.percentile(50)).isEqualTo(50.5);
        assertThat(latencies.percentile(100)).isEqualTo(100);
    }

    @Test
    void percentileShouldNotBeANumberWhenThereAreNoSamples() {
        assertThat(latencies.percentile(50)).isNaN();
    }
}
