package org.jameschatmail.guice.mailbox;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.ThreadId;

/** A row of the message table: a message in one mailbox, without its octets. */
record StoredRow(
        long mailbox,
        long uid,
        long modSeq,
        long body,
        Instant internalDate,
        Instant saveDate,
        long octets,
        int headerOctets,
        StoredFlags flags) {
    StoredRow withFlags(StoredFlags changed, long newModSeq) {
        return new StoredRow(mailbox, uid, newModSeq, body, internalDate, saveDate, octets, headerOctets, changed);
    }

    /** The same message in another mailbox, under the UID and modification sequence that it gets there. */
    StoredRow in(long otherMailbox, long newUid, long newModSeq, StoredFlags newFlags, Instant saved) {
        return new StoredRow(
                otherMailbox, newUid, newModSeq, body, internalDate, saved, octets, headerOctets, newFlags);
    }

    /** When it came: the date is the client's where it appended the message, and is kept when it moves one. */
    Instant arrival() {
        return internalDate.isBefore(saveDate) ? internalDate : saveDate;
    }

    MessageMetaData metaData() {
        JdbcMessageId id = new JdbcMessageId(body);
        return new MessageMetaData(
                MessageUid.of(uid),
                ModSeq.of(modSeq),
                flags.toFlags(),
                octets,
                Date.from(internalDate),
                Optional.of(Date.from(saveDate)),
                id,
                ThreadId.fromBaseMessageId(id));
    }
}
