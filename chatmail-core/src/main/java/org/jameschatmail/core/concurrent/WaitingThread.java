package org.jameschatmail.core.concurrent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread that may wait for a disk or a lock, unlike an event loop's. What waits is done on it at once: handing it to
 * another thread costs two switches and gains nothing.
 */
public final class WaitingThread extends Thread {
    private WaitingThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
    }

    /** Makes daemon threads, named and numbered from 1. */
    public static ThreadFactory factory(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> new WaitingThread(work, name + "-" + number.incrementAndGet());
    }

    /** Whether the caller runs on such a thread. */
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof WaitingThread;
    }
}
