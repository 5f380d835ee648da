package org.jameschatmail.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class WaitingThreadTest {
    @Test
    void currentShouldBeToldWhenItMayWait() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(WaitingThread.factory("reads"));
        try {
            assertThat(executor.submit(() -> Thread.currentThread().getName()).get())
                    .isEqualTo("reads-1");
            assertThat(executor.submit(WaitingThread::isCurrent).get()).isTrue();
            assertThat(WaitingThread.isCurrent()).isFalse();
        } finally {
            executor.shutdown();
        }
    }
}
