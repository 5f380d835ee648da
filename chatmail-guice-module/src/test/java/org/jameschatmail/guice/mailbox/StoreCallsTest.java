package org.jameschatmail.guice.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jameschatmail.core.concurrent.WaitingThread;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class StoreCallsTest {
    private static final Callable<String> THREAD_NAME =
            () -> Thread.currentThread().getName();

    private static String calledOn(ThreadFactory threads, Callable<String> call) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(threads);
        try {
            return executor.submit(call).get();
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void callsShouldBeMadeAtOnceWhenTheThreadMayWait() throws Exception {
        ThreadFactory waiting = WaitingThread.factory("command");

        assertThat(calledOn(
                        waiting,
                        () -> StoreCalls.onWaitingThread(Mono.fromCallable(THREAD_NAME))
                                .block()))
                .startsWith("command-");
        assertThat(calledOn(
                        waiting,
                        () -> StoreCalls.onWaitingThread(Flux.from(Mono.fromCallable(THREAD_NAME)))
                                .blockLast()))
                .startsWith("command-");
    }

    @Test
    void callsShouldBeMadeElsewhereWhenTheThreadIsOfAnEventLoop() throws Exception {
        ThreadFactory loop = work -> new Thread(work, "loop");

        assertThat(calledOn(
                        loop,
                        () -> StoreCalls.onWaitingThread(Mono.fromCallable(THREAD_NAME))
                                .block()))
                .startsWith("boundedElastic");
        assertThat(calledOn(
                        loop,
                        () -> StoreCalls.onWaitingThread(Flux.from(Mono.fromCallable(THREAD_NAME)))
                                .blockLast()))
                .startsWith("boundedElastic");
    }
}
