package org.jameschatmail.protocols.imap.compression;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/**
 * Deflaters that nobody uses, {@value #MOST} at most. Each has a quarter of a mebibyte of native memory, which a
 * connection needs while it writes and not for the hours it idles. Thread-safe, shared by all connections.
 */
final class SpareDeflaters {
    static final int MOST = 64;
    private static final int LEVEL = 5;
    private static final SpareDeflaters SHARED = new SpareDeflaters();

    private final Queue<Deflater> spare = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    SpareDeflaters() {}

    static SpareDeflaters shared() {
        return SHARED;
    }

    /** One that knows of no octets before. */
    Deflater take() {
        Deflater deflater = spare.poll();
        if (deflater == null) {
            return new Deflater(LEVEL, true);
        }
        count.decrementAndGet();
        return deflater;
    }

    void giveBack(Deflater deflater) {
        if (count.incrementAndGet() > MOST) {
            count.decrementAndGet();
            deflater.end();
            return;
        }
        deflater.reset();
        spare.add(deflater);
    }

    int size() {
        return count.get();
    }
}
