package org.jameschatmail.protocols.imap.idle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.IdleRequest;
import org.apache.james.imap.message.response.ContinuationResponse;
import org.jameschatmail.core.concurrent.WaitingThread;
import org.jameschatmail.protocols.imap.NextCommand;
import org.jameschatmail.protocols.imap.StatusReply;
import org.jameschatmail.protocols.imap.selection.TrackedMailbox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One IDLE, from {@code + idling} to the reply to DONE.
 *
 * <p>Three threads meet here: an event's, the keep-alive's and the one that reads DONE. So all that is written is
 * written on the connection's event loop, and the mailbox is looked at by one thread at a time: who comes while another
 * looks makes that one look again. A look that ends the conversation writes the tagged reply last. Beside the events
 * ({@link IdleSwitch}), the mailbox is looked at shortly after the start and at each keep-alive.
 */
final class IdleConversation {
    private static final Logger LOGGER = LoggerFactory.getLogger(IdleConversation.class);
    private static final HumanReadableText IDLING = new HumanReadableText("org.jameschatmail.imap.IDLING", "idling");
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final IdleRequest request;
    private final ImapSession session;
    private final Responder responder;
    private final StatusResponseFactory statusResponses;
    private final Function<Responder, Mono<Void>> changes;
    private final @Nullable SelectedMailbox mailbox;

    /** How often a look has been asked for and not yet been answered. */
    private final AtomicInteger asked = new AtomicInteger();

    private final AtomicReference<@Nullable StatusReply> ending = new AtomicReference<>();
    private volatile boolean active = true;

    /** The event loop's alone: a DONE that was sent with IDLE can be read before {@code + idling} is written. */
    private boolean begun;

    /** The looking thread's alone; {@link #asked} hands it over. */
    private int answering;

    IdleConversation(
            IdleRequest request,
            ImapSession session,
            Responder responder,
            StatusResponseFactory statusResponses,
            Function<Responder, Mono<Void>> changes) {
        this.request = request;
        this.session = session;
        this.responder = responder;
        this.statusResponses = statusResponses;
        this.changes = changes;
        this.mailbox = session.getSelected();
    }

    /**
     * Completes on the event loop, once {@code + idling} and what has already changed are written. The next command waits
     * for the reply to DONE.
     */
    Mono<Void> start(Optional<Duration> keepAlive) {
        NextCommand.of(session).withhold();
        session.pushLineHandler((sameSession, line) -> end(line));
        return onEventLoop(this::begin).then(look()).then(onEventLoop(() -> {
            session.schedule(this::lookSoon, SECOND_LOOK);
            keepAlive.ifPresent(interval -> session.schedule(() -> stillHere(interval), interval));
        }));
    }

    /** DONE is read on this thread too, so that it can't come between; it may have come before. */
    private void begin() {
        write(List.of(new ContinuationResponse(IDLING)));
        begun = true;
        if (mailbox != null && ending.get() == null) {
            IdleSwitch.of(session, mailbox).lead(this);
        }
    }

    private void end(byte[] line) {
        session.popLineHandler();
        if (mailbox != null) {
            IdleSwitch.of(session, mailbox).release(this);
        }
        boolean done = "DONE".equalsIgnoreCase(new String(line, US_ASCII).strip());
        ending.set(done ? StatusReply.ok(request, "Idle completed") : StatusReply.bad(request, "Expected DONE"));
        if (begun) {
            look().subscribe(
                            nothing -> {},
                            e -> LOGGER.warn(
                                    "IDLE did not end: {}", e.getClass().getName()));
        }
    }

    private void stillHere(Duration interval) {
        if (isOver()) {
            return;
        }
        write(List.of(statusResponses.untaggedOk(HumanReadableText.HEARTBEAT)));
        lookSoon();
        session.schedule(() -> stillHere(interval), interval);
    }

    /** Has the mailbox looked at, unless this conversation is over. */
    void lookSoon() {
        if (!isOver()) {
            look().subscribe(
                            nothing -> {},
                            e -> LOGGER.warn(
                                    "Idle wake-up failed: {}", e.getClass().getName()));
        }
    }

    private boolean isOver() {
        return !active || session.getState() == ImapSessionState.LOGOUT;
    }

    private Mono<Void> look() {
        return Mono.defer(() -> asked.getAndIncrement() > 0 ? Mono.empty() : lookUntilNobodyAsks());
    }

    private Mono<Void> lookUntilNobodyAsks() {
        return lookOnItsThread()
                .then(Mono.defer(() -> isAskedAgain() ? lookAgainUntilNobodyAsks() : Mono.empty()))
                .doOnError(e -> asked.set(0));
    }

    private Mono<Void> lookAgainUntilNobodyAsks() {
        return Mono.defer(this::lookOnItsThread).repeat(this::isAskedAgain).then();
    }

    private boolean isAskedAgain() {
        return asked.addAndGet(-answering) > 0;
    }

    /** Looking reads the store only for what has changed; on an event loop that is handed to another thread. */
    private Mono<Void> lookOnItsThread() {
        // Before the mailbox is asked: whoever asks after this has it looked at again.
        answering = asked.get();
        if (!active) {
            // What came while the last reply was made is told by the next command, which may have begun.
            return Mono.empty();
        }
        if (!mayHaveNews()) {
            return Mono.fromRunnable(() -> tell(new ArrayList<>(), ending.getAndSet(null)));
        }
        return WaitingThread.isCurrent()
                ? lookOnce()
                : Mono.defer(this::lookOnce).subscribeOn(Schedulers.boundedElastic());
    }

    private boolean mayHaveNews() {
        return mailbox instanceof TrackedMailbox tracked ? tracked.hasNews() : mailbox != null;
    }

    private Mono<Void> lookOnce() {
        answering = asked.get();
        @Nullable StatusReply last = ending.getAndSet(null);
        List<ImapResponseMessage> replies = new ArrayList<>();
        return changes.apply(new Collector(replies))
                .onErrorResume(e -> {
                    LOGGER.error(
                            "Changes of a mailbox could not be read: {}",
                            e.getClass().getName());
                    LOGGER.debug("They could not be read because of", e);
                    return Mono.empty();
                })
                .then(Mono.fromRunnable(() -> tell(replies, last)));
    }

    /** What is handed to the event loop first is written first. */
    private void tell(List<ImapResponseMessage> replies, @Nullable StatusReply last) {
        if (last != null) {
            active = false;
            replies.add(last);
            session.schedule(() -> writeLast(replies), Duration.ZERO);
        } else if (!replies.isEmpty()) {
            session.schedule(() -> write(replies), Duration.ZERO);
        }
    }

    private void writeLast(List<ImapResponseMessage> replies) {
        try {
            write(replies);
        } finally {
            NextCommand.of(session).release();
        }
    }

    private void write(List<? extends ImapResponseMessage> replies) {
        replies.forEach(responder::respond);
        responder.flush();
    }

    private Mono<Void> onEventLoop(Runnable work) {
        return Mono.create(sink -> session.schedule(
                () -> {
                    try {
                        work.run();
                        sink.success();
                    } catch (RuntimeException e) {
                        sink.error(e);
                    }
                },
                Duration.ZERO));
    }

    /** Keeps what James would write at once. */
    private record Collector(List<ImapResponseMessage> replies) implements Responder {
        @Override
        public void respond(ImapResponseMessage message) {
            replies.add(message);
        }

        @Override
        public void flush() {
            // The conversation flushes.
        }
    }
}
