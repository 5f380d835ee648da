package org.jameschatmail.protocols.imap.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.jameschatmail.protocols.imap.StatusReply;
import org.jspecify.annotations.Nullable;

/** What commands on messages ask of the mailbox that their session has selected. Immutable. */
public final class SelectedMessages {
    private SelectedMessages() {}

    /** Why the session mustn't change the mailbox, as its reply; empty when it may. */
    public static Optional<StatusReply> refusalToChange(ImapRequest request, ImapSession session) {
        return session.getSelected() instanceof TrackedMailbox tracked && tracked.isReadOnly()
                ? Optional.of(StatusReply.no(request, "READ-ONLY", "The mailbox is read-only"))
                : Optional.empty();
    }

    /**
     * The ranges of UIDs cut to the messages that are there, so that {@code 1:4294967295} costs what the mailbox holds;
     * without those that hold none. {@code *} is the last message.
     */
    public static IdRange[] clamped(IdRange[] uids, ImapSession session) {
        if (!(session.getSelected() instanceof TrackedMailbox selected)) {
            return uids;
        }
        Optional<MessageUid> last = selected.getLastUid();
        if (last.isEmpty()) {
            return new IdRange[0];
        }
        List<IdRange> clamped = new ArrayList<>(uids.length);
        for (IdRange range : uids) {
            long lastUid = last.get().asLong();
            long high = Math.min(range.getHighVal(), lastUid);
            boolean openEnd = range.getHighVal() == Long.MAX_VALUE;
            long low = openEnd ? Math.min(range.getLowVal(), lastUid) : range.getLowVal();
            if (low <= high) {
                add(low, high, selected, clamped);
            }
        }
        return clamped.toArray(IdRange[]::new);
    }

    /**
     * The ranges of message numbers as ranges of UIDs; {@code *} is the last message.
     *
     * @throws MessageRangeException when a number is no message's
     */
    public static IdRange[] uids(IdRange[] numbers, ImapSession session) throws MessageRangeException {
        SelectedMailbox selected = session.getSelected();
        IdRange[] uids = new IdRange[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            uids[i] = new IdRange(uid(numbers[i].getLowVal(), selected), uid(numbers[i].getHighVal(), selected));
        }
        return uids;
    }

    private static long uid(long number, @Nullable SelectedMailbox selected) throws MessageRangeException {
        Optional<MessageUid> uid;
        if (selected == null || number != Long.MAX_VALUE && number > selected.existsCount()) {
            uid = Optional.empty();
        } else {
            uid = number == Long.MAX_VALUE ? selected.getLastUid() : selected.uid((int) number);
        }
        return uid.orElseThrow(() -> new MessageRangeException("No such message"))
                .asLong();
    }

    private static void add(long low, long high, TrackedMailbox selected, List<IdRange> clamped) {
        Optional<MessageUid> first = selected.atOrAfter(MessageUid.of(low));
        Optional<MessageUid> last = selected.atOrBefore(MessageUid.of(high));
        if (first.isPresent() && last.isPresent() && first.get().compareTo(last.get()) <= 0) {
            clamped.add(new IdRange(first.get().asLong(), last.get().asLong()));
        }
    }
}
