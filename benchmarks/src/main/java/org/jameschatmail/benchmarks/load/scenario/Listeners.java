package org.jameschatmail.benchmarks.load.scenario;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.benchmarks.load.wire.ImapSession;

/**
 * Many sessions in IDLE, heard by one thread: which of them were told of a message, and when. For use by one thread at a
 * time.
 */
final class Listeners implements Closeable {
    private final List<ImapSession> sessions;
    private final Selector selector;
    private final List<SelectionKey> keys = new ArrayList<>();

    private Listeners(List<ImapSession> sessions, Selector selector) {
        this.sessions = sessions;
        this.selector = selector;
    }

    /** Takes over sessions that are in IDLE. */
    static Listeners hear(List<ImapSession> sessions) throws IOException {
        Listeners listeners = new Listeners(sessions, Selector.open());
        for (ImapSession session : sessions) {
            listeners.keys.add(session.watch(listeners.selector, session));
        }
        return listeners;
    }

    /**
     * Waits until each of these sessions has told of at least so many messages as the second list says.
     *
     * @return the {@link System#nanoTime} at which the last one was heard, or the time was over
     */
    long await(List<ImapSession> awaited, List<Integer> counts, Duration atMost) throws IOException {
        long deadline = System.nanoTime() + atMost.toNanos();
        int next = 0;
        while (next < awaited.size()) {
            if (awaited.get(next).exists() >= counts.get(next)) {
                next++;
                continue;
            }
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                break;
            }
            hearOnce(left);
        }
        return System.nanoTime();
    }

    private void hearOnce(long millis) throws IOException {
        selector.select(millis);
        for (SelectionKey key : selector.selectedKeys()) {
            ((ImapSession) key.attachment()).hear();
        }
        selector.selectedKeys().clear();
    }

    /** Takes the sessions out of IDLE. */
    void leave() throws IOException {
        for (int index = 0; index < sessions.size(); index++) {
            sessions.get(index).unwatch(keys.get(index));
            sessions.get(index).done();
        }
        keys.clear();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
