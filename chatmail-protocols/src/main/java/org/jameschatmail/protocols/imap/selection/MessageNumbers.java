package org.jameschatmail.protocols.imap.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.james.imap.processor.base.UidMsnConverter;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.NullableMessageSequenceNumber;
import org.apache.james.mailbox.model.SearchQuery.UidRange;

/**
 * Which message of a selected mailbox has which number. A message has one from when the client is told that it is there,
 * and keeps it until the client has been told that another is gone.
 *
 * <p>Numbers rise with the UIDs, and a client that was told of a message never asks for an earlier one. So where two
 * deliveries are heard of in the wrong order, the later message gets no number before the earlier one has its own: what
 * is {@linkplain #gap missing} is looked up. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3501#section-7.4.1">RFC 3501, section 7.4.1, EXPUNGE response</a>
 */
final class MessageNumbers {
    static final int MOST_GONE = 1000;

    private final UidMsnConverter numbers = new UidMsnConverter();

    /** Without a number until the client is told of them. */
    private final NavigableSet<MessageUid> arrived = new TreeSet<>();

    /** Expunged before their arrival was heard of, and not settled; of too many the first are forgotten. */
    private final NavigableSet<MessageUid> goneBefore = new TreeSet<>();

    /** Up to this UID every message is known. */
    private long settled;

    private boolean listed;

    /** Gives numbers to what was there when the mailbox was selected. */
    synchronized void list(List<MessageUid> uids) {
        List<MessageUid> present = new ArrayList<>(uids);
        present.removeIf(goneBefore::contains);
        numbers.addAll(present);
        arrived.removeIf(this::has);
        uids.forEach(uid -> settled = Math.max(settled, uid.asLong()));
        listed = true;
        settle();
    }

    synchronized void arrive(MessageUid uid) {
        if (uid.asLong() > settled && !goneBefore.contains(uid)) {
            arrived.add(uid);
        }
        settle();
    }

    /** Whether the message has a number, so that the client is to be told. */
    synchronized boolean vanish(MessageUid uid) {
        if (has(uid)) {
            return true;
        }
        if (!arrived.remove(uid) && (!listed || uid.asLong() > settled)) {
            goneBefore.add(uid);
            settle();
            if (goneBefore.size() > MOST_GONE && listed) {
                goneBefore.pollFirst();
            }
        }
        return false;
    }

    /** Where messages are missing before the last one heard of; empty when none are. */
    synchronized Optional<UidRange> gap() {
        return listed && !arrived.isEmpty() && arrived.last().asLong() > settled
                ? Optional.of(new UidRange(MessageUid.of(settled + 1), arrived.last()))
                : Optional.empty();
    }

    /** All the messages that are in a gap. */
    synchronized void fill(UidRange gap, List<MessageUid> found) {
        found.stream()
                .filter(uid -> uid.asLong() > settled && !goneBefore.contains(uid))
                .forEach(arrived::add);
        settled = Math.max(settled, gap.getHighValue().asLong());
        settle();
    }

    /** Counts what follows without a gap; before the list is there, what is gone is needed for it. */
    private void settle() {
        if (!listed) {
            return;
        }
        MessageUid next = MessageUid.of(settled + 1);
        while (arrived.contains(next) || goneBefore.contains(next)) {
            settled++;
            next = next.next();
        }
        goneBefore.headSet(next, false).clear();
    }

    /** Gives numbers to what has arrived, as far as nothing is missing before it; these messages, in their order. */
    synchronized List<MessageUid> number() {
        NavigableSet<MessageUid> known = arrived.headSet(MessageUid.of(settled), true);
        List<MessageUid> numbered = List.copyOf(known);
        // One at a time costs nothing behind the last; all at once builds a tree of the whole mailbox.
        numbered.forEach(numbers::addUid);
        known.clear();
        return numbered;
    }

    /** Whether messages wait for their number. */
    synchronized boolean hasArrived() {
        return !arrived.isEmpty();
    }

    /** How many messages are remembered only because they went before their arrival was heard of. */
    synchronized int goneBefore() {
        return goneBefore.size();
    }

    synchronized boolean has(MessageUid uid) {
        return numbers.getMsn(uid).foldSilent(() -> false, msn -> true);
    }

    /** Forgets a message; those behind it have the next lower number then. */
    NullableMessageSequenceNumber remove(MessageUid uid) {
        return numbers.getAndRemove(uid);
    }

    NullableMessageSequenceNumber of(MessageUid uid) {
        return numbers.getMsn(uid);
    }

    Optional<MessageUid> uid(int number) {
        return numbers.getUid(number);
    }

    Optional<MessageUid> first() {
        return numbers.getFirstUid();
    }

    Optional<MessageUid> last() {
        return numbers.getLastUid();
    }

    int count() {
        return numbers.getNumMessage();
    }

    /** The first message from this UID on. */
    synchronized Optional<MessageUid> atOrAfter(MessageUid uid) {
        return numbers.getUid(firstNumberFrom(uid.asLong()));
    }

    /** The last message up to this UID. */
    synchronized Optional<MessageUid> atOrBefore(MessageUid uid) {
        int behind = uid.asLong() == Long.MAX_VALUE ? numbers.getNumMessage() + 1 : firstNumberFrom(uid.asLong() + 1);
        return numbers.getUid(behind - 1);
    }

    private int firstNumberFrom(long uid) {
        int low = 1;
        int high = numbers.getNumMessage() + 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers.getUid(middle).orElseThrow().asLong() < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
