package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Content;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.mail.model.impl.PropertyBuilder;
import org.apache.james.mailbox.store.mail.model.impl.SimpleMailboxMessage;

/** Makes James' messages from rows, with as many of their octets as were asked for. Thread-safe. */
final class StoredMessages {
    /** Rows are filled up to so many octets at a time. */
    private static final long MAX_OCTETS_A_TIME = 1 << 20;

    private static final int MAX_ROWS_A_TIME = 16;

    private final MailboxDatabase database;
    private final Bodies bodies;
    private final Structure structure;

    StoredMessages(MailboxDatabase database, Bodies bodies, Structure structure) {
        this.database = database;
        this.bodies = bodies;
        this.structure = structure;
    }

    /** What a message says of its own structure, of which no row knows. */
    enum Structure {
        /** That it is composite: James then parses it when its BODYSTRUCTURE is asked for. */
        PARSED_WHEN_ASKED,
        /** Nothing, as James' contracts want it of a message that was stored without properties. */
        UNKNOWN
    }

    /** In groups that are small enough to be read at once: sixteen messages, or one MiB. */
    static List<List<StoredRow>> groups(List<StoredRow> rows) {
        List<List<StoredRow>> groups = new ArrayList<>();
        int from = 0;
        long octets = 0;
        for (int index = 0; index < rows.size(); index++) {
            octets += rows.get(index).octets();
            boolean last = index + 1 == rows.size();
            if (last || index + 1 - from == MAX_ROWS_A_TIME || octets >= MAX_OCTETS_A_TIME) {
                groups.add(rows.subList(from, index + 1));
                from = index + 1;
                octets = 0;
            }
        }
        return groups;
    }

    /** The messages of these rows, without those that were deleted meanwhile. */
    List<MailboxMessage> read(List<StoredRow> rows, FetchType type) throws MailboxException {
        return switch (type) {
            case METADATA -> rows.stream().map(this::unread).toList();
            case HEADERS, ATTACHMENTS_METADATA -> withHeaders(rows);
            case FULL -> withBodies(rows);
        };
    }

    MailboxMessage unread(StoredRow row) {
        return message(row, StoredContent.unread(database, bodies, row));
    }

    private List<MailboxMessage> withHeaders(List<StoredRow> rows) throws MailboxException {
        List<Long> wanted = bodies(rows, row -> true);
        Map<Long, byte[]> headers = bodies.rememberedHeaders(wanted);
        if (headers.size() < wanted.size()) {
            headers = database.read(connection -> bodies.loadHeaders(connection, wanted));
        }
        List<MailboxMessage> messages = new ArrayList<>();
        for (StoredRow row : rows) {
            byte[] header = headers.get(row.body());
            if (header != null) {
                messages.add(message(row, StoredContent.ofHeader(database, bodies, row, header)));
            }
        }
        return messages;
    }

    private List<MailboxMessage> withBodies(List<StoredRow> rows) throws MailboxException {
        List<MailboxMessage> messages = new ArrayList<>();
        for (StoredRow row : rows) {
            bodies.remembered(row.body())
                    .ifPresent(body -> messages.add(message(row, StoredContent.ofBody(database, bodies, row, body))));
        }
        return messages.size() == rows.size() ? messages : database.read(connection -> withBodies(connection, rows));
    }

    private List<MailboxMessage> withBodies(Connection connection, List<StoredRow> rows) throws SQLException {
        Map<Long, Body> found = bodies.load(connection, bodies(rows, row -> !StoredContent.isLarge(row)));
        Map<Long, byte[]> headers = bodies.loadHeaders(connection, bodies(rows, StoredContent::isLarge));
        List<MailboxMessage> messages = new ArrayList<>();
        for (StoredRow row : rows) {
            Body body = found.get(row.body());
            byte[] header = headers.get(row.body());
            if (body != null) {
                messages.add(message(row, StoredContent.ofBody(database, bodies, row, body)));
            } else if (header != null) {
                messages.add(message(row, StoredContent.ofHeader(database, bodies, row, header)));
            }
        }
        return messages;
    }

    private static List<Long> bodies(List<StoredRow> rows, Predicate<StoredRow> such) {
        return rows.stream().filter(such).map(StoredRow::body).distinct().toList();
    }

    private MailboxMessage message(StoredRow row, Content content) {
        JdbcMessageId id = new JdbcMessageId(row.body());
        return SimpleMailboxMessage.builder()
                .messageId(id)
                .threadId(ThreadId.fromBaseMessageId(id))
                .mailboxId(new JdbcMailboxId(row.mailbox()))
                .uid(MessageUid.of(row.uid()))
                .modseq(ModSeq.of(row.modSeq()))
                .internalDate(Date.from(row.internalDate()))
                .saveDate(Date.from(row.saveDate()))
                .size(row.octets())
                .bodyStartOctet(row.headerOctets())
                .flags(row.flags().toFlags())
                .content(content)
                .properties(properties())
                .build();
    }

    private PropertyBuilder properties() {
        PropertyBuilder properties = new PropertyBuilder();
        if (structure == Structure.PARSED_WHEN_ASKED) {
            properties.setMediaType("multipart");
        }
        return properties;
    }
}
