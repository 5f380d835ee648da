package org.jameschatmail.protocols.imap.selection;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.james.mailbox.MessageUid;

/**
 * Messages whose change the client hasn't been told. What is being told is kept apart from what comes meanwhile, so that
 * nothing is forgotten that was never said. Thread-safe.
 */
final class MailboxChanges {
    private final SortedSet<MessageUid> waiting = new TreeSet<>();
    private final SortedSet<MessageUid> telling = new TreeSet<>();

    synchronized void add(MessageUid uid) {
        waiting.add(uid);
    }

    /** All that is to be told now, in the order of the mailbox. */
    synchronized SortedSet<MessageUid> tell() {
        telling.addAll(waiting);
        waiting.clear();
        return new TreeSet<>(telling);
    }

    /** What was to be told has been. */
    synchronized void told() {
        telling.clear();
    }

    synchronized boolean contains(MessageUid uid) {
        return waiting.contains(uid) || telling.contains(uid);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && telling.isEmpty();
    }

    /** How many of them are so. */
    synchronized int count(Predicate<MessageUid> such) {
        long told = telling.stream().filter(such).count();
        return (int) (told
                + waiting.stream()
                        .filter(such)
                        .filter(uid -> !telling.contains(uid))
                        .count());
    }
}
