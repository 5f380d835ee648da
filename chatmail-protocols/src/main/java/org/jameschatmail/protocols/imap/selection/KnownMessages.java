package org.jameschatmail.protocols.imap.selection;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.UidRange;
import org.apache.james.imap.message.request.AbstractMailboxSelectionRequest;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MessageRange;
import org.jspecify.annotations.Nullable;

/**
 * The messages whose disappearance a client asks about with QRESYNC. Where its sample of numbers and UIDs agrees with
 * the mailbox, nothing up to there has gone. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5.2">RFC 7162, section 3.2.5.2</a>
 */
record KnownMessages(AbstractMailboxSelectionRequest request, TrackedMailbox selected) {
    /** Ranges of UIDs below UIDNEXT, in ascending order. */
    List<MessageRange> upTo(MessageUid uidNext) {
        List<MessageRange> ranges = new ArrayList<>();
        if (uidNext.isFirst()) {
            return ranges;
        }
        long first = agreeing() + 1;
        long last = uidNext.asLong() - 1;
        UidRange @Nullable [] asked = request.getUidSet();
        if (asked == null) {
            add(first, last, ranges);
        } else {
            for (UidRange range : asked) {
                add(
                        Math.max(first, range.getLowVal().asLong()),
                        Math.min(last, range.getHighVal().asLong()),
                        ranges);
            }
        }
        return ranges;
    }

    private static void add(long first, long last, List<MessageRange> ranges) {
        if (first <= last) {
            ranges.add(MessageRange.range(MessageUid.of(first), MessageUid.of(last)));
        }
    }

    /** The highest UID of the sample that has its number still; 0 without any. */
    private long agreeing() {
        IdRange @Nullable [] numbers = request.getKnownSequenceSet();
        UidRange @Nullable [] uids = request.getKnownUidSet();
        long agreeing = 0;
        if (numbers == null || uids == null) {
            return agreeing;
        }
        for (int i = 0; i < Math.min(numbers.length, uids.length); i++) {
            MessageUid known = uids[i].getLowVal();
            if (!selected.uid((int) numbers[i].getLowVal())
                    .filter(known::equals)
                    .isPresent()) {
                return agreeing;
            }
            agreeing = known.asLong();
        }
        return agreeing;
    }
}
