package org.jameschatmail.guice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdleSessionsTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger closed = new AtomicInteger();
    private final IdleSessions<AutoCloseable> sessions = new IdleSessions<>(nanoTime::get);

    private AutoCloseable session() {
        return closed::incrementAndGet;
    }

    private void advance(long seconds) {
        nanoTime.addAndGet(seconds * 1_000_000_000);
    }

    @Test
    void sessionShouldBeTakenOnceAndByItsHostAlone() {
        AutoCloseable session = session();
        sessions.put("a", session);

        assertThat(sessions.take("b")).isEmpty();
        assertThat(sessions.take("a")).containsSame(session);
        assertThat(sessions.take("a")).isEmpty();
    }

    @Test
    void oldSessionsShouldBeClosed() {
        sessions.put("a", session());
        advance(20);
        sessions.put("a", session());
        advance(10);

        sessions.closeOld();

        assertThat(closed).hasValue(1);
        assertThat(sessions.take("a")).isPresent();
        assertThat(sessions.take("a")).isEmpty();
    }

    @Test
    void sessionsShouldBeFewWhateverIsKept() {
        for (int number = 0; number < 5; number++) {
            sessions.put("a", session());
        }
        assertThat(closed).hasValue(1);
        for (int number = 0; number < 100; number++) {
            sessions.put("host" + number, session());
        }

        assertThat(closed).hasValue(1 + 104 - 64);
    }

    @Test
    void nothingShouldBeKeptAfterTheEnd() {
        sessions.put("a", session());

        sessions.closeAll();
        sessions.put("a", session());

        assertThat(closed).hasValue(2);
        assertThat(sessions.take("a")).isEmpty();
    }
}
