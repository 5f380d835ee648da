package org.jameschatmail.guice.statistics;

import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.Key;
import org.jameschatmail.core.configuration.Keys;
import org.jameschatmail.core.configuration.Settings;
import org.jameschatmail.core.statistics.Series;
import org.jameschatmail.core.zone.Zone;
import org.jameschatmail.core.zone.ZoneJson;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.guice.outgoing.SigningKeys;
import org.jameschatmail.web.admin.ServerView;

/** This server. What the database counts is remembered for five seconds. Thread-safe. */
@Singleton
final class RunningServer implements ServerView {
    private static final int SECONDS_REMEMBERED = 5;

    private final ChatmailConfiguration configuration;
    private final Settings settings;
    private final ServerDirectories directories;
    private final PublicAddressSource addresses;
    private final Instant startedAt;
    private final Supplier<Map<Series, Double>> totals;
    private final Supplier<StoredTotals.Waiting> waiting;

    @Inject
    RunningServer(
            ChatmailConfiguration configuration,
            Settings settings,
            ServerDirectories directories,
            PublicAddressSource addresses,
            StoredTotals totals,
            Clock clock) {
        this.configuration = configuration;
        this.settings = settings;
        this.directories = directories;
        this.addresses = addresses;
        this.startedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        this.totals = remembered(totals::read);
        this.waiting = remembered(totals::readWaiting);
    }

    @FunctionalInterface
    private interface Query<T> {
        T read() throws SQLException;
    }

    private static <T> Supplier<T> remembered(Query<T> query) {
        return Suppliers.memoizeWithExpiration(
                () -> {
                    try {
                        return query.read();
                    } catch (SQLException e) {
                        throw new IllegalStateException("The database can't be counted: " + e.getSQLState(), e);
                    }
                },
                SECONDS_REMEMBERED,
                TimeUnit.SECONDS)::get;
    }

    @Override
    public Status status() {
        Map<Series, Double> stored = totals.get();
        Runtime runtime = Runtime.getRuntime();
        return new Status(
                Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                        .orElse(""),
                configuration.relay().domain().text(),
                startedAt,
                stored.getOrDefault(Series.ACCOUNTS, 0.0).longValue(),
                stored.getOrDefault(Series.MESSAGES, 0.0).longValue(),
                stored.getOrDefault(Series.STORED, 0.0).longValue(),
                freeDisk(),
                runtime.totalMemory() - runtime.freeMemory(),
                stored.getOrDefault(Series.QUEUE, 0.0).longValue(),
                waiting.get().spool(),
                waiting.get().push());
    }

    /** What waits; remembered as all that the database counts. */
    StoredTotals.Waiting waiting() {
        return waiting.get();
    }

    private long freeDisk() {
        return directories.data().toFile().getUsableSpace();
    }

    @Override
    public long deviceTokens() {
        return waiting.get().deviceTokens();
    }

    @Override
    public Map<String, String> configuration() {
        Map<String, String> printable = new LinkedHashMap<>();
        for (Key<?> key : Keys.all()) {
            printable.put(key.name(), settings.printable(key));
        }
        return printable;
    }

    @Override
    public String zoneJson() {
        try {
            return ZoneJson.of(Zone.of(
                    configuration, SigningKeys.of(directories.data(), new SecureRandom()), addresses.addresses()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
