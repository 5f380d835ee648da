package org.jameschatmail.benchmarks.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    private static final String WORK = "i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done";

    @Test
    void cpuShouldContainEndedChildrenWhenTheirParentLives() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder("sh", "-c", "sh -c '" + WORK + "'; echo done; read line; true").start();
        try {
            assertThat(parent.inputReader().readLine()).isEqualTo("done");

            assertThat(new ProcessTree(List.of(parent.pid())).cpuMillis()).isGreaterThan(20);
        } finally {
            parent.destroy();
            parent.waitFor(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void treeShouldBeEmptyWhenRootHasEnded() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThat(new ProcessTree(List.of(process.pid())).size()).isZero();
    }
}
