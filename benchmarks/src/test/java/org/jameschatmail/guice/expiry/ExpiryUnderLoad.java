package org.jameschatmail.guice.expiry;

import com.codahale.metrics.MetricRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.james.core.Username;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.dropwizard.DropWizardMetricFactory;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.jameschatmail.core.expiry.Pace;
import org.jameschatmail.guice.database.Upkeep;
import org.jameschatmail.guice.mailbox.BenchmarkedMailboxes;
import org.jameschatmail.guice.mailbox.MailboxPlace;
import org.jameschatmail.guice.store.Database;

/**
 * How long a delivery takes while old messages are removed, and while they aren't, by turns, and during the upkeep: a program for
 * {@code docs/benchmarks.md}. One writer delivers 50 messages of 6,000 bytes a second.
 *
 * <p>Arguments: messages that are old, accounts that have them, messages removed a second, and a JDBC URL of PostgreSQL,
 * or none.
 */
public final class ExpiryUnderLoad {
    private static final int BYTES = 6000;
    private static final int HEADER = 400;
    private static final int A_BATCH = 500;
    private static final int TRIES = 5;
    private static final long BETWEEN_DELIVERIES = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Duration REMOVING = Duration.ofSeconds(30);
    private static final Duration RESTING = Duration.ofSeconds(10);

    private final Random random = new Random(1);
    private final DataSource dataSource;
    private final BenchmarkedMailboxes mailboxes;
    private final List<Long> idle = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> busy = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> keeping = Collections.synchronizedList(new ArrayList<>());
    private volatile List<Long> current = idle;
    private final AtomicInteger again = new AtomicInteger();
    private volatile boolean over;

    private ExpiryUnderLoad(DataSource dataSource) {
        this.dataSource = dataSource;
        this.mailboxes = new BenchmarkedMailboxes(dataSource);
    }

    /** Fills a store and measures. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("expiry-under-load");
        Files.createDirectories(folder.resolve("logs"));
        try (Database database = Database.open(arguments.length > 3 ? arguments[3] : "", folder)) {
            ExpiryUnderLoad load = new ExpiryUnderLoad(database.dataSource());
            load.fill(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
            load.measure(Integer.parseInt(arguments[2]));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void fill(int messages, int accounts) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement mailbox = connection.prepareStatement("INSERT INTO chatmail_mailbox VALUES"
                            + " (?, '#private', ?, 'INBOX', 1, ?, ?, ?, ?, 0, ?, '')");
                    PreparedStatement message = connection.prepareStatement(
                            "INSERT INTO chatmail_message VALUES (?, ?, 1, ?, 0, 0, ?, ?, 0, NULL)");
                    PreparedStatement body =
                            connection.prepareStatement("INSERT INTO chatmail_body VALUES (?, 1, ?, ?)")) {
                for (int account = 0; account < accounts; account++) {
                    fill(mailbox, message, body, account, messages / accounts);
                    connection.commit();
                }
            }
            connection.setAutoCommit(true);
        }
    }

    private void fill(
            PreparedStatement mailbox, PreparedStatement message, PreparedStatement body, int account, int messages)
            throws SQLException {
        long place = random.nextLong() >>> 1;
        mailbox.setLong(1, place);
        mailbox.setString(2, "stored" + account + "@chat.example");
        for (int column = 3; column <= 6; column++) {
            mailbox.setLong(column, messages);
        }
        mailbox.setLong(7, (long) messages * BYTES);
        mailbox.executeUpdate();
        for (int uid = 1; uid <= messages; uid++) {
            long id = random.nextLong() >>> 1;
            message.setLong(1, place);
            message.setLong(2, uid);
            message.setLong(3, id);
            message.setLong(4, BYTES);
            message.setInt(5, HEADER);
            message.addBatch();
            body.setLong(1, id);
            body.setBytes(2, content(HEADER));
            body.setBytes(3, content(BYTES - HEADER));
            body.addBatch();
            if (uid % A_BATCH == 0 || uid == messages) {
                message.executeBatch();
                body.executeBatch();
            }
        }
    }

    private byte[] content(int octets) {
        byte[] content = new byte[octets];
        random.nextBytes(content);
        return content;
    }

    private void measure(int rate) throws Exception {
        Thread deliveries = new Thread(this::deliver, "deliveries");
        deliveries.start();
        RetentionConfiguration retention = RetentionConfiguration.DEFAULT;
        MailboxExpiry expiry = new MailboxExpiry(
                mailboxes.oldMessages(),
                mailboxes.accountMail(),
                retention,
                QuotaConfiguration.DEFAULT,
                Clock.systemUTC());
        Run run = new Run(
                Run.Mode.REMOVE,
                new Pace(rate),
                (cancelled, pause) -> {
                    turn();
                    return Run.Pause.REAL.await(cancelled, pause);
                },
                new ExpiryCounters(new DropWizardMetricFactory(new MetricRegistry()), new NoopGaugeRegistry()));
        for (MailboxPlace mailbox : mailboxes.oldMessages().mailboxes(-1, Long.MAX_VALUE, Integer.MAX_VALUE)) {
            expiry.visit(run, mailbox);
        }
        current = keeping;
        long start = System.nanoTime();
        new Upkeep(dataSource)
                .run(step -> run.work(() -> {
                    step.run();
                    return 0;
                }));
        double seconds = (System.nanoTime() - start) / 1e9;
        over = true;
        deliveries.join();
        System.out.printf("upkeep for %.1f s%n", seconds);
        System.out.println(
                "removed " + run.report().messages() + " in " + run.report().work() + " of work");
        print("idle", idle);
        print("expiring", busy);
        print("upkeep", keeping);
        System.out.println(again + " deliveries were tried again");
    }

    private long turnEnds = System.nanoTime() + REMOVING.toNanos();

    /** Half a minute of removals, ten seconds without. */
    private void turn() throws InterruptedException {
        if (current == keeping) {
            return;
        }
        current = busy;
        if (System.nanoTime() > turnEnds) {
            current = idle;
            Thread.sleep(RESTING.toMillis());
            current = busy;
            turnEnds = System.nanoTime() + REMOVING.toNanos();
        }
    }

    private void deliver() {
        byte[] message = content(BYTES);
        long next = System.nanoTime();
        for (int number = 0; !over; number++) {
            List<Long> latencies = current;
            long start = System.nanoTime();
            deliver(message, Username.of("new" + number % 100 + "@chat.example"));
            latencies.add(System.nanoTime() - start);
            next += BETWEEN_DELIVERIES;
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else {
                next = System.nanoTime();
            }
        }
    }

    /** Tries again, as a server does, when the database has chosen it as the victim of a deadlock. */
    private void deliver(byte[] message, Username owner) {
        for (int attempt = 1; ; attempt++) {
            try {
                mailboxes.deliver(message, HEADER, Instant.now(), owner);
                return;
            } catch (Exception e) {
                boolean victim = e instanceof SQLException sql
                        && String.valueOf(sql.getSQLState()).startsWith("40");
                if (!victim || attempt == TRIES) {
                    throw new IllegalStateException(e);
                }
                again.incrementAndGet();
            }
        }
    }

    private static void print(String what, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return;
        }
        System.out.printf(
                "%-9s %6d deliveries  p50 %7.2f ms  p99 %7.2f ms  max %7.2f ms%n",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.get(sorted.size() - 1) / 1e6);
    }
}
