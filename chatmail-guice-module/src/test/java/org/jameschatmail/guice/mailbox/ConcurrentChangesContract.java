package org.jameschatmail.guice.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.jameschatmail.guice.mailbox.MailboxStoreDatabase.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers on one database, each with several threads that change what they find. */
interface ConcurrentChangesContract {
    int THREADS = 6;
    int STEPS = 120;
    List<Username> OWNERS =
            List.of(Username.of("alice@example.org"), Username.of("bob@example.org"), Username.of("carol@example.org"));

    MailboxStoreDatabase database();

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    default void countsShouldBeThoseOfTheRowsAfterChangesFromAllSides() throws Exception {
        List<Parts> servers = List.of(database().newParts(), database().newParts());
        List<Mailbox> mailboxes = mailboxes(servers.get(0));
        Set<String> uids = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> walks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Walk walk = new Walk(database(), servers.get(thread % 2), mailboxes, uids, new Random(thread));
                walks.add(threads.submit(walk::run, null));
            }
            for (Future<?> walk : walks) {
                walk.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(uids).isNotEmpty();
        assertThat(wrongRows("message_count <> (SELECT COUNT(*) FROM chatmail_message m WHERE m.mailbox_id = b.id)"))
                .isZero();
        assertThat(
                        wrongRows(
                                "octets <> (SELECT COALESCE(SUM(m.octets), 0) FROM chatmail_message m WHERE m.mailbox_id = b.id)"))
                .isZero();
        assertThat(wrongRows("unseen_count <> (SELECT COUNT(*) FROM chatmail_message m"
                        + " WHERE m.mailbox_id = b.id AND MOD(m.flags / 32, 2) = 0)"))
                .isZero();
        assertThat(wrongRows("recent_count <> (SELECT COUNT(*) FROM chatmail_message m"
                        + " WHERE m.mailbox_id = b.id AND MOD(m.flags / 16, 2) = 1)"))
                .isZero();
        assertThat(database()
                        .number("SELECT COUNT(*) FROM chatmail_body b WHERE refs <>"
                                + " (SELECT COUNT(*) FROM chatmail_message m WHERE m.body_id = b.id)"))
                .isZero();
        assertThat(database()
                        .number("SELECT COUNT(*) FROM chatmail_message m WHERE NOT EXISTS"
                                + " (SELECT 1 FROM chatmail_body b WHERE b.id = m.body_id)"))
                .isZero();
    }

    private long wrongRows(String condition) throws Exception {
        return database().number("SELECT COUNT(*) FROM chatmail_mailbox b WHERE " + condition);
    }

    private static List<Mailbox> mailboxes(Parts server) {
        MailboxMapper mapper = server.mappers().createMailboxMapper(JdbcMapperProvider.SESSION);
        return OWNERS.stream()
                .flatMap(owner -> IntStream.range(0, 2)
                        .mapToObj(
                                number -> number == 0 ? MailboxPath.inbox(owner) : MailboxPath.forUser(owner, "Other")))
                .map(path -> mapper.create(path, UidValidity.of(7)).block())
                .toList();
    }

    /** One thread's way through all that may happen to messages. */
    final class Walk {
        private final MailboxStoreDatabase database;
        private final Parts server;
        private final JdbcMessageMapper messages;
        private final List<Mailbox> mailboxes;
        private final Set<String> uids;
        private final Random random;

        private Walk(
                MailboxStoreDatabase database, Parts server, List<Mailbox> mailboxes, Set<String> uids, Random random) {
            this.database = database;
            this.server = server;
            this.messages = server.mappers().createMessageMapper(JdbcMapperProvider.SESSION);
            this.mailboxes = mailboxes;
            this.uids = uids;
            this.random = random;
        }

        private void run() {
            try {
                for (int step = 0; step < STEPS; step++) {
                    step();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private void step() throws Exception {
            Mailbox mailbox = mailboxes.get(random.nextInt(mailboxes.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> append();
                case 3 -> flag(mailbox);
                case 4 -> copy(mailbox, mailboxes.get(random.nextInt(mailboxes.size())));
                case 5 -> move(mailbox, mailboxes.get(random.nextInt(mailboxes.size())));
                case 6 -> messages.resetRecent(mailbox);
                default -> expunge(mailbox);
            }
        }

        private void append() throws Exception {
            List<Username> owners = new ArrayList<>(OWNERS);
            Collections.shuffle(owners, random);
            byte[] content = ("A: b\r\n\r\n" + "x".repeat(random.nextInt(50))).getBytes(StandardCharsets.US_ASCII);
            NewMessage message = new NewMessage(content, 8, Instant.EPOCH, new Flags(Flags.Flag.RECENT));
            try (Connection connection = database.connect()) {
                connection.setAutoCommit(false);
                List<Appended> appended = server.appends()
                        .appendToInboxes(connection, message, owners.subList(0, 1 + random.nextInt(owners.size())));
                connection.commit();
                connection.setAutoCommit(true);
                appended.forEach(one -> requireNew(one.mailbox().serialize(), one.uid()));
            }
        }

        private void requireNew(String mailbox, MessageUid uid) {
            assertThat(uids.add(mailbox + " " + uid.asLong()))
                    .as("a UID of its own")
                    .isTrue();
        }

        private List<MailboxMessage> some(Mailbox mailbox) throws Exception {
            List<MailboxMessage> found = new ArrayList<>();
            messages.findInMailbox(mailbox, MessageRange.all(), FetchType.METADATA, 10)
                    .forEachRemaining(found::add);
            Collections.shuffle(found, random);
            return found.subList(0, found.size() / 2);
        }

        private void flag(Mailbox mailbox) throws Exception {
            Flags flags = new Flags(random.nextBoolean() ? Flags.Flag.SEEN : Flags.Flag.FLAGGED);
            FlagsUpdateMode mode = random.nextBoolean() ? FlagsUpdateMode.ADD : FlagsUpdateMode.REMOVE;
            messages.updateFlags(mailbox, new FlagsUpdateCalculator(flags, mode), MessageRange.all());
        }

        private void copy(Mailbox from, Mailbox to) throws Exception {
            for (MessageMetaData copied : messages.copy(to, some(from))) {
                requireNew(to.getMailboxId().serialize(), copied.getUid());
            }
        }

        private void move(Mailbox from, Mailbox to) throws Exception {
            for (MessageMetaData moved : messages.move(to, some(from))) {
                requireNew(to.getMailboxId().serialize(), moved.getUid());
            }
        }

        private void expunge(Mailbox mailbox) throws Exception {
            messages.deleteMessages(
                    mailbox, some(mailbox).stream().map(MailboxMessage::getUid).toList());
        }
    }
}
