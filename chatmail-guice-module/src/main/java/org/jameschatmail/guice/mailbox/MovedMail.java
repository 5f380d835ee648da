package org.jameschatmail.guice.mailbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.UidValidity;
import org.jameschatmail.core.moving.AccountMoves.MessageResult;
import org.jameschatmail.core.moving.MovedMailbox;
import org.jameschatmail.core.moving.MovedMessage;
import org.jameschatmail.guice.mailbox.StorageLimits.Usage;

/**
 * Mail that other servers kept, under the numbers by which clients know it there: a client that comes back finds its place
 * and misses nothing. Nobody is told of it, and open sessions don't see it in its place. Thread-safe.
 */
@Singleton
public final class MovedMail {
    /** Above what any server has come to by counting changes: a client that asks what changed since learns of all. */
    private static final long FIRST_MODSEQ = 1L << 32;

    private static final Map<String, Flags.Flag> FLAGS = Map.of(
            "\\Answered", Flags.Flag.ANSWERED,
            "\\Deleted", Flags.Flag.DELETED,
            "\\Draft", Flags.Flag.DRAFT,
            "\\Flagged", Flags.Flag.FLAGGED,
            "\\Seen", Flags.Flag.SEEN);

    private final MailboxDatabase database;
    private final Bodies bodies;
    private final StorageLimits limits;
    private final Clock clock;

    @Inject
    MovedMail(MailboxDatabase database, Bodies bodies, StorageLimits limits, Clock clock) {
        this.database = database;
        this.bodies = bodies;
        this.limits = limits;
        this.clock = clock;
    }

    private static MailboxPath path(Username owner, String name) {
        boolean inbox = name.equalsIgnoreCase(MailboxConstants.INBOX);
        return inbox ? MailboxPath.inbox(owner) : MailboxPath.forUser(owner, name);
    }

    /** Makes the mailbox unless it is there; one that has the same UIDVALIDITY gives no UID that the other server gave. */
    public void open(Username owner, MovedMailbox mailbox) throws MailboxException {
        MailboxPath path = path(owner, mailbox.name());
        database.change(connection -> {
            if (MailboxRows.read(connection, path).isEmpty()) {
                UidValidity validity =
                        mailbox.uidValidity() == 0 ? UidValidity.generate() : UidValidity.of(mailbox.uidValidity());
                MailboxRows.insertUnlessThere(connection, path, validity);
            }
            return raise(connection, path, mailbox);
        });
    }

    private static int raise(Connection connection, MailboxPath path, MovedMailbox mailbox) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE chatmail_mailbox SET last_uid = CASE WHEN last_uid < ? THEN ? ELSE last_uid END,"
                        + " modseq = CASE WHEN modseq < ? THEN ? ELSE modseq END"
                        + " WHERE owner = ? AND namespace = ? AND name = ? AND uid_validity = ?")) {
            update.setLong(1, mailbox.uidNext() - 1);
            update.setLong(2, mailbox.uidNext() - 1);
            update.setLong(3, FIRST_MODSEQ);
            update.setLong(4, FIRST_MODSEQ);
            update.setString(5, path.getUser().asString());
            update.setString(6, path.getNamespace());
            update.setString(7, path.getName());
            update.setLong(8, mailbox.uidValidity());
            return update.executeUpdate();
        }
    }

    /**
     * Adds a message, under its own UID where the mailbox has the numbering of the other server and nothing that came
     * later.
     *
     * @throws MailboxException when the mailbox was never opened, or its owner has removed it
     */
    public MessageResult append(Username owner, MovedMailbox mailbox, MovedMessage message) throws MailboxException {
        MailboxPath path = path(owner, mailbox.name());
        StoredFlags flags = StoredFlags.of(flags(message.flags()));
        long body = bodyId(path, message.name());
        return database.change(connection -> {
            MailboxRows.lockInbox(connection, owner.asString());
            MailboxState state =
                    MailboxRows.read(connection, path).orElseThrow(() -> new MailboxNotFoundException(path));
            MailboxRows.lock(connection, state.id().number());
            if (Bodies.isThere(connection, body)) {
                return MessageResult.PRESENT;
            }
            if (isTooMuch(connection, owner, message.content().length)) {
                return MessageResult.OVER_QUOTA;
            }
            insert(connection, keepsUid(connection, state, mailbox, message), state, message, flags, body);
            return MessageResult.STORED;
        });
    }

    private static boolean keepsUid(
            Connection connection, MailboxState state, MovedMailbox mailbox, MovedMessage message) throws SQLException {
        return message.uid() > 0
                && message.uid() <= state.lastUid()
                && state.uidValidity() == mailbox.uidValidity()
                && MessageRows.read(connection, state.id().number(), MessageRange.from(MessageUid.of(message.uid())), 1)
                        .isEmpty();
    }

    private boolean isTooMuch(Connection connection, Username owner, long octets) throws SQLException {
        Usage before = StorageLimits.usage(
                        MailboxRows.ofOwners(connection, MailboxConstants.USER_NAMESPACE, List.of(owner.asString())))
                .getOrDefault(owner.asString(), Usage.NOTHING);
        Usage after = before.plus(new Usage(octets, 1));
        AccountLimit limit = limits.of(connection, MailboxConstants.USER_NAMESPACE, owner.asString());
        limits.watch(owner, after, limit);
        return limit.isExceededBy(after.octets(), after.messages());
    }

    private void insert(
            Connection connection,
            boolean keepsUid,
            MailboxState mailbox,
            MovedMessage message,
            StoredFlags flags,
            long body)
            throws SQLException, MailboxException {
        byte[] content = message.content();
        MailboxChange arrival = MailboxChange.arrival(flags, content.length);
        MailboxChange change = new MailboxChange(
                keepsUid ? 0 : 1, arrival.messages(), arrival.unseen(), arrival.recent(), arrival.octets());
        MailboxState state = MailboxRows.add(connection, mailbox.id().number(), change);
        int header = headerOctets(content);
        StoredRow row = new StoredRow(
                state.id().number(),
                keepsUid ? message.uid() : state.lastUid(),
                state.modSeq(),
                body,
                message.arrival().truncatedTo(ChronoUnit.MILLIS),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                content.length,
                header,
                flags);
        try {
            bodies.insert(connection, body, 1, new ByteArrayInputStream(content), content.length, header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Keywords.remember(connection, state, flags);
        MessageRows.insert(connection, List.of(row));
    }

    private static Flags flags(Set<String> names) {
        Flags flags = new Flags();
        for (String name : names) {
            if (FLAGS.containsKey(name)) {
                flags.add(FLAGS.get(name));
            } else if (!name.startsWith("\\")) {
                flags.add(name);
            }
        }
        return flags;
    }

    /** With the empty line behind the headers; all of it when there is none. */
    private static int headerOctets(byte[] content) {
        for (int index = 0; index + 3 < content.length; index++) {
            if (content[index] == '\r'
                    && content[index + 1] == '\n'
                    && content[index + 2] == '\r'
                    && content[index + 3] == '\n') {
                return index + 4;
            }
        }
        return content.length;
    }

    /** As good as a random one, and the same when the message comes again. */
    private static long bodyId(MailboxPath path, String name) {
        try {
            String all = String.join("\0", path.getUser().asString().toLowerCase(Locale.ROOT), path.getName(), name);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return Math.max(1, ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
