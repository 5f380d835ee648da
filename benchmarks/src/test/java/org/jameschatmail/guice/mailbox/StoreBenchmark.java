package org.jameschatmail.guice.mailbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSession.SessionType;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.jameschatmail.guice.store.Database;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The mailbox store on an embedded Derby on disk, whose commits are synced: a message of 6,000 bytes to one mailbox and to
 * fifty, by one writer and by eight; a hundred messages read, marked as deleted, and expunged.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class StoreBenchmark {
    private static final int BYTES = 6000;
    private static final int HEADER = 400;
    private static final int ACCOUNTS = 200;
    private static final int BATCH = 100;

    /** A store of its own. */
    @State(Scope.Benchmark)
    public static class Store {
        private final byte[] content = new byte[BYTES];
        private final AtomicInteger turn = new AtomicInteger();
        private final List<Username> owners = Stream.iterate(0, number -> number + 1)
                .limit(ACCOUNTS)
                .map(number -> Username.of("account" + number + "@example.org"))
                .toList();
        private Path folder;
        private Database database;
        private MessageAppends appends;
        private JdbcMapperFactory mappers;

        @Setup
        public void open() throws IOException, SQLException {
            folder = Files.createTempDirectory("store-benchmark");
            Files.createDirectories(folder.resolve("logs"));
            database = Database.open("", folder);
            MailboxDatabase mailboxes = new MailboxDatabase(database.dataSource());
            Bodies bodies = new Bodies();
            StorageLimits limits = new StorageLimits(QuotaConfiguration.DEFAULT, new FillingAccounts());
            MessageWrites writes = new MessageWrites(bodies, limits, Clock.systemUTC());
            appends = new MessageAppends(bodies, limits, Clock.systemUTC());
            mappers = new JdbcMapperFactory(mailboxes, writes, bodies, new JdbcSequences(mailboxes));
            new Random(1).nextBytes(content);
            byte[] header = "Subject: [...]\r\n".repeat(HEADER / 16).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(header, 0, content, 0, header.length);
        }

        void append(List<Username> recipients) throws SQLException, OverQuotaException {
            NewMessage message =
                    new NewMessage(content, HEADER, Clock.systemUTC().instant(), new Flags(Flags.Flag.RECENT));
            try (Connection connection = database.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                appends.appendToInboxes(connection, message, recipients);
                connection.commit();
                connection.setAutoCommit(true);
            }
        }

        List<Username> next(int count) {
            int first = Math.floorMod(turn.getAndAdd(count), ACCOUNTS);
            List<Username> some = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                some.add(owners.get((first + index) % ACCOUNTS));
            }
            return some;
        }

        @TearDown
        public void close() throws IOException, SQLException {
            database.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** A mailbox with a hundred messages, anew for each call. */
    @State(Scope.Thread)
    public static class FullMailbox {
        private final Username owner = Username.of("full@example.org");
        private final MailboxSession session = new MailboxSession(
                MailboxSession.SessionId.of(1), owner, Optional.of(owner), List.of(), '.', SessionType.User);
        private JdbcMessageMapper messages;
        private Mailbox mailbox;

        @Setup(Level.Invocation)
        public void fill(Store store) throws SQLException, OverQuotaException, MailboxException {
            for (int index = 0; index < BATCH; index++) {
                store.append(List.of(owner));
            }
            messages = store.mappers.createMessageMapper(session);
            mailbox = store.mappers
                    .createMailboxMapper(session)
                    .findMailboxByPath(MailboxPath.inbox(owner))
                    .block();
        }

        @TearDown(Level.Invocation)
        public void empty() throws MailboxException {
            messages.deleteMessages(mailbox, messages.uids(mailbox));
        }
    }

    @Benchmark
    public void appendToOne(Store store) throws SQLException, OverQuotaException {
        store.append(store.next(1));
    }

    @Benchmark
    @Threads(8)
    public void appendToOneByEight(Store store) throws SQLException, OverQuotaException {
        store.append(store.next(1));
    }

    @Benchmark
    public void appendToFifty(Store store) throws SQLException, OverQuotaException {
        store.append(store.next(50));
    }

    @Benchmark
    public void fetchHundred(Store store, FullMailbox full, Blackhole sink) throws MailboxException, IOException {
        Iterator<MailboxMessage> found =
                full.messages.findInMailbox(full.mailbox, MessageRange.all(), FetchType.FULL, 0);
        while (found.hasNext()) {
            sink.consume(found.next().getFullContent().readAllBytes());
        }
    }

    @Benchmark
    public void markHundred(Store store, FullMailbox full, Blackhole sink) throws MailboxException {
        FlagsUpdateCalculator deleted = new FlagsUpdateCalculator(new Flags(Flags.Flag.DELETED), FlagsUpdateMode.ADD);
        full.messages.updateFlags(full.mailbox, deleted, MessageRange.all()).forEachRemaining(sink::consume);
    }

    @Benchmark
    public void expungeHundred(Store store, FullMailbox full, Blackhole sink) throws MailboxException {
        List<MessageUid> uids = full.messages.uids(full.mailbox);
        sink.consume(full.messages.deleteMessages(full.mailbox, uids));
    }
}
