package org.jameschatmail.benchmarks.load.mail;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The account of a run: what each recipient was sent, and what is in each mailbox at the end. Thread-safe.
 *
 * <pre>{@code
 * ledger.expect("b@chat.example", "1@chat.example");
 * ledger.found("b@chat.example", List.of("1@chat.example", "1@chat.example"));
 * ledger.integrity(); // one doubled
 * }</pre>
 */
public final class Ledger {
    private final Map<String, Set<String>> expected = new HashMap<>();
    private final Map<String, Map<String, Integer>> found = new HashMap<>();
    private long unannounced;

    public synchronized void expect(String recipient, String messageId) {
        expected.computeIfAbsent(recipient, any -> new HashSet<>()).add(messageId);
    }

    public synchronized int expectedBy(String recipient) {
        return expected.getOrDefault(recipient, Set.of()).size();
    }

    /** Adds what was found in a mailbox, each message once for each time that it is there. */
    public synchronized void found(String recipient, Collection<String> messageIds) {
        Map<String, Integer> counts = found.computeIfAbsent(recipient, any -> new HashMap<>());
        messageIds.forEach(messageId -> counts.merge(messageId, 1, Integer::sum));
    }

    public synchronized void unannounced(long messages) {
        unannounced += messages;
    }

    public synchronized Integrity integrity() {
        Set<String> recipients = new HashSet<>(expected.keySet());
        recipients.addAll(found.keySet());
        Integrity all = new Integrity(0, 0, 0, unannounced);
        for (String recipient : recipients) {
            all = all.plus(
                    mailbox(expected.getOrDefault(recipient, Set.of()), found.getOrDefault(recipient, Map.of())));
        }
        return all;
    }

    private static Integrity mailbox(Set<String> sent, Map<String, Integer> there) {
        long lost = sent.stream().filter(id -> !there.containsKey(id)).count();
        long doubled = there.values().stream().mapToLong(count -> count - 1).sum();
        long foreign = there.keySet().stream().filter(id -> !sent.contains(id)).count();
        return new Integrity(lost, doubled, foreign, 0);
    }
}
