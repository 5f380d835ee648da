package org.jameschatmail.guice.mailbox;

import java.util.concurrent.Callable;
import org.jameschatmail.core.concurrent.WaitingThread;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Where calls of the database are made: on the caller's thread if that may wait, on another one otherwise. */
final class StoreCalls {
    private StoreCalls() {}

    static <T> Mono<T> onWaitingThread(Callable<T> call) {
        return onWaitingThread(Mono.fromCallable(call));
    }

    static <T> Mono<T> onWaitingThread(Mono<T> calls) {
        return Mono.defer(() -> calls.subscribeOn(scheduler()));
    }

    static <T> Flux<T> onWaitingThread(Flux<T> calls) {
        return Flux.defer(() -> calls.subscribeOn(scheduler()));
    }

    private static Scheduler scheduler() {
        return WaitingThread.isCurrent() ? Schedulers.immediate() : Schedulers.boundedElastic();
    }
}
