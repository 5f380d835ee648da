package org.jameschatmail.guice.mailbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageRange;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.jameschatmail.guice.database.Upkeep;
import org.jameschatmail.guice.database.Upkeep.Step;
import org.jameschatmail.guice.store.Database;

/**
 * Delivers messages and removes the oldest, so that a store never holds more than 1,000 of them, and prints how large the
 * database is: a program for {@code docs/benchmarks.md}. It has the doors of the store, not those of a server.
 *
 * <p>Arguments: messages, bytes of each, how often the upkeep runs meanwhile, and a JDBC URL of PostgreSQL, or none.
 */
public final class StoreChurn {
    private static final int HELD = 1000;
    private static final int MAILBOXES = 20;
    private static final int WRITERS = 4;
    private static final int AT_ONCE = 10;
    private static final int HEADER = 400;

    private final int messages;
    private final int bytes;
    private final int upkeeps;
    private final Database database;
    private final MailboxDatabase mailboxes;
    private final MessageAppends appends;
    private final MessageWrites writes;
    private final AtomicInteger sent = new AtomicInteger();
    private final List<Deque<Appended>> heldBy =
            Stream.<Deque<Appended>>generate(ArrayDeque::new).limit(WRITERS).toList();

    private StoreChurn(int messages, int bytes, int upkeeps, Database database) {
        this.messages = messages;
        this.bytes = bytes;
        this.upkeeps = upkeeps;
        this.database = database;
        this.mailboxes = new MailboxDatabase(database.dataSource());
        Bodies bodies = new Bodies();
        StorageLimits limits = new StorageLimits(QuotaConfiguration.DEFAULT, new FillingAccounts());
        this.writes = new MessageWrites(bodies, limits, Clock.systemUTC());
        this.appends = new MessageAppends(bodies, limits, Clock.systemUTC());
    }

    /** Runs one churn. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("store-churn");
        Files.createDirectories(folder.resolve("logs"));
        String url = arguments.length > 3 ? arguments[3] : "";
        try (Database database = Database.open(url, folder)) {
            new StoreChurn(
                            Integer.parseInt(arguments[0]),
                            Integer.parseInt(arguments[1]),
                            Integer.parseInt(arguments[2]),
                            database)
                    .run(url.isEmpty() ? folder : null);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(Path folder) throws Exception {
        System.out.printf("%d messages of %d bytes, at most %d held%n", messages, bytes, HELD);
        int step = messages / 10;
        for (int part = 1; part <= 10; part++) {
            long start = System.nanoTime();
            churn(step * part);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%8d  %7.1f MiB  %6.0f messages/s  %s%n", step * part, size(folder), step / seconds, pages(folder));
            if (upkeeps > 0 && part % Math.max(1, 10 / upkeeps) == 0) {
                long before = System.nanoTime();
                new Upkeep(database.dataSource()).run(Step::run);
                System.out.printf("  upkeep  %7.1f MiB  %6.1f s%n", size(folder), (System.nanoTime() - before) / 1e9);
            }
        }
    }

    private void churn(int end) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.add(threads.submit(() -> {
                    deliverAndRemove(number, end);
                    return number;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Each writer has mailboxes of its own, and leaves some messages in them to the next part. */
    private void deliverAndRemove(int writer, int end) throws Exception {
        Random random = new Random(writer);
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        byte[] header = "Subject: [...]\r\n".repeat(HEADER / 16).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, content, 0, header.length);
        Deque<Appended> held = heldBy.get(writer);
        while (sent.incrementAndGet() <= end) {
            Username owner =
                    Username.of("churn" + (writer + WRITERS * random.nextInt(MAILBOXES / WRITERS)) + "@chat.example");
            held.addAll(deliver(content, owner));
            if (held.size() > HELD / WRITERS - AT_ONCE) {
                List<Appended> oldest = new ArrayList<>();
                for (int count = 0; count < AT_ONCE; count++) {
                    oldest.add(held.remove());
                }
                remove(oldest);
            }
        }
        sent.decrementAndGet();
    }

    private List<Appended> deliver(byte[] content, Username owner) throws SQLException, OverQuotaException {
        NewMessage message = new NewMessage(content, HEADER, Clock.systemUTC().instant(), new Flags());
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            List<Appended> appended = appends.appendToInboxes(connection, message, List.of(owner));
            connection.commit();
            connection.setAutoCommit(true);
            return appended;
        }
    }

    private void remove(List<Appended> oldest) throws MailboxException {
        for (Appended message : oldest) {
            mailboxes.change(connection -> writes.delete(
                    connection,
                    JdbcMailboxId.numberOf(message.mailbox()),
                    MessageRange.toRanges(List.of(MessageUid.of(message.uid().asLong())))));
        }
    }

    private double size(Path folder) throws SQLException, IOException {
        if (folder == null) {
            return number("SELECT pg_database_size(current_database())") / 1048576.0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            long octets = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                octets += Files.size(file);
            }
            return octets / 1048576.0;
        }
    }

    /** Pages of the tables of messages and bodies and of their largest indexes, in Derby. */
    private String pages(Path folder) throws SQLException {
        if (folder == null) {
            return "";
        }
        StringBuilder pages = new StringBuilder();
        for (String table : List.of("CHATMAIL_MESSAGE", "CHATMAIL_BODY")) {
            for (int index = 0; index < 2; index++) {
                pages.append(" %s %d"
                        .formatted(
                                index == 0 ? table.toLowerCase(Locale.ROOT) : "index",
                                number(
                                        "SELECT SUM(NUMALLOCATEDPAGES + NUMFREEPAGES) FROM TABLE (SYSCS_DIAG.SPACE_TABLE('APP', '"
                                                + table + "')) sizes WHERE ISINDEX = " + index)));
            }
        }
        return pages.toString();
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
