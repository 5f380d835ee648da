package org.jameschatmail.guice.outgoing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jameschatmail.core.outgoing.Attempt;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.RecipientOutcome;
import org.jameschatmail.guice.transport.Courier;
import org.jameschatmail.guice.transport.Letter;

/** Other servers as a test wants them. Thread-safe. */
final class MemoryCourier implements Courier {
    static final Diagnosis SILENT = Diagnosis.ours(451, "4.4.1", "No answer");

    /** What was brought, as {@code domain text}. */
    private final List<String> delivered = new ArrayList<>();

    private final List<String> attempted = new ArrayList<>();
    private final Set<String> blackHoles = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Function<Letter, Attempt> answer =
            letter -> Attempt.answered(letter.recipients(), new RecipientOutcome.Delivered());

    /** Has every attempt at a domain last until the end. */
    void swallow(String domain) {
        blackHoles.add(domain);
    }

    void answer(Function<Letter, Attempt> other) {
        answer = other;
    }

    static Attempt unreached(Letter letter) {
        return Attempt.unreached(letter.recipients(), SILENT);
    }

    List<String> delivered() {
        synchronized (delivered) {
            return List.copyOf(delivered);
        }
    }

    List<String> attempted() {
        synchronized (attempted) {
            return List.copyOf(attempted);
        }
    }

    @Override
    public Attempt deliver(Letter letter) throws IOException {
        String domain = letter.destination().domain().text();
        synchronized (attempted) {
            attempted.add(domain);
        }
        if (blackHoles.contains(domain)) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return unreached(letter);
        }
        Attempt attempt = answer.apply(letter);
        if (attempt.outcomes().containsValue(new RecipientOutcome.Delivered())) {
            String text = new String(letter.message().open().readAllBytes(), StandardCharsets.US_ASCII);
            synchronized (delivered) {
                delivered.add(domain + " " + text.substring(text.indexOf("\r\n\r\n") + 4));
            }
        }
        return attempt;
    }

    @Override
    public void close() {
        end.countDown();
    }
}
