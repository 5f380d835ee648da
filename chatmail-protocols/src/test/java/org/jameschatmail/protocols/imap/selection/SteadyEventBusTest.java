package org.jameschatmail.protocols.imap.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.Registration;
import org.apache.james.events.RegistrationKey;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.inmemory.InMemoryId;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * A listener is asked for its hash code while the bus walks through all of them: that is the moment at which another
 * thread comes or goes here.
 */
class SteadyEventBusTest {
    private static final RegistrationKey MAILBOX = new MailboxIdRegistrationKey(InMemoryId.of(1));
    private static final RegistrationKey OTHER_MAILBOX = new MailboxIdRegistrationKey(InMemoryId.of(2));

    private final SteadyEventBus subject = new SteadyEventBus(
            new InVmEventDelivery(new RecordingMetricFactory()),
            RetryBackoffConfiguration.DEFAULT,
            new MemoryEventDeadLetters());
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private Runnable whileLookedUp = () -> {};
    private Thread other = new Thread(() -> {});

    @AfterEach
    void join() throws InterruptedException {
        other.join();
    }

    @Test
    void allShouldBeToldWhenAnotherComesMeanwhile() throws Exception {
        register("one");
        register("two");
        whileLookedUp = inAnotherThread(() -> register("three"));

        dispatch();
        assertThat(told).containsExactlyInAnyOrder("one", "two");

        other.join();
        told.clear();
        dispatch();
        assertThat(told).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void allShouldBeToldWhenOneGoesMeanwhile() throws Exception {
        register("one");
        register("two");
        Registration third = register("three");
        whileLookedUp = inAnotherThread(() -> Mono.from(third.unregister()).block());

        dispatch();
        assertThat(told).contains("one", "two");

        other.join();
        told.clear();
        dispatch();
        assertThat(told).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void othersShouldBeToldWhenOneFails() {
        subject.register(new FailingListener(), MAILBOX).block();
        register("one");
        subject.register(new FailingListener(), MAILBOX).block();

        dispatch();

        assertThat(told).containsExactly("one");
    }

    @Test
    void listenerShouldBeToldOnceWhenItIsRegisteredTwice() {
        NamedListener twice = new NamedListener("one");
        subject.register(twice, MAILBOX).block();
        subject.register(twice, MAILBOX).block();
        subject.register(twice, OTHER_MAILBOX).block();

        subject.dispatch(new Arrival(), Set.of(MAILBOX, OTHER_MAILBOX)).block();

        assertThat(told).containsExactly("one");
    }

    @Test
    void nobodyShouldBeToldOfAnotherMailbox() {
        register("one");

        subject.dispatch(new Arrival(), Set.of(OTHER_MAILBOX)).block();

        assertThat(told).isEmpty();
    }

    @Test
    void groupShouldBeToldOfWhatItHandlesUntilItGoes() {
        Registration group = subject.register(new NamedListener("group"), new SomeGroup());
        subject.register(new NothingHandling("other group"), new OtherGroup());
        register("one");

        dispatch();
        assertThat(told).containsExactlyInAnyOrder("group", "one");

        told.clear();
        Mono.from(group.unregister()).block();
        dispatch();
        assertThat(told).containsExactly("one");
    }

    /** Once: starts a thread, and goes on when it is done or has to wait. */
    private Runnable inAnotherThread(Runnable work) {
        other = new Thread(work);
        return () -> {
            whileLookedUp = () -> {};
            other.start();
            while (other.isAlive() && other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        };
    }

    private Registration register(String name) {
        return subject.register(new NamedListener(name), MAILBOX).block();
    }

    private void dispatch() {
        subject.dispatch(new Arrival(), Set.of(MAILBOX)).block();
    }

    private class NamedListener implements EventListener.ReactiveEventListener {
        private final String name;

        NamedListener(String name) {
            this.name = name;
        }

        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            return Mono.fromRunnable(() -> told.add(name));
        }

        @Override
        public int hashCode() {
            if (Thread.currentThread() != other) {
                whileLookedUp.run();
            }
            return name.hashCode();
        }

        @Override
        public boolean equals(Object object) {
            return this == object;
        }
    }

    private final class NothingHandling extends NamedListener {
        NothingHandling(String name) {
            super(name);
        }

        @Override
        public boolean isHandling(Event event) {
            return false;
        }
    }

    private static final class FailingListener implements EventListener.ReactiveEventListener {
        @Override
        public Publisher<Void> reactiveEvent(Event event) {
            throw new IllegalStateException("on purpose");
        }
    }

    private static final class SomeGroup extends Group {}

    private static final class OtherGroup extends Group {}

    private static final class Arrival implements Event {
        private final EventId id = EventId.random();

        @Override
        public Username getUsername() {
            return Username.of("alice@example.org");
        }

        @Override
        public boolean isNoop() {
            return false;
        }

        @Override
        public EventId getEventId() {
            return id;
        }
    }
}
