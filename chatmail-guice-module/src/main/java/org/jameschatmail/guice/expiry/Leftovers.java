package org.jameschatmail.guice.expiry;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.jameschatmail.guice.account.LastLogins;
import org.jameschatmail.guice.account.RemovedAddresses;
import org.jameschatmail.guice.database.Transactions;
import org.jameschatmail.guice.delivery.RecentDeliveries;
import org.jameschatmail.guice.queue.SetAsideMail;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;

/**
 * What is left in corners that no account owns: mail in error repositories and mail that queues have set aside, after
 * the time for which messages are kept; tokens that no device renews; addresses that are free again; digests of what was
 * delivered. Once a day.
 */
@Singleton
final class Leftovers {
    private static final int AT_ONCE = 100;
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(90);
    private static final String OLD_IN_REPOSITORIES =
            "SELECT REPOSITORY_NAME, MESSAGE_NAME FROM JAMES_MAIL_STORE WHERE LAST_UPDATED < ?"
                    + " FETCH FIRST ? ROWS ONLY";

    private final Transactions transactions;
    private final SetAsideMail setAside;
    private final RemovedAddresses addresses;
    private final LastLogins logins;
    private final DeviceTokens tokens;
    private final RecentDeliveries deliveries;
    private final Duration retention;
    private final Clock clock;

    @Inject
    Leftovers(
            DataSource dataSource,
            SetAsideMail setAside,
            RemovedAddresses addresses,
            LastLogins logins,
            DeviceTokens tokens,
            RecentDeliveries deliveries,
            RetentionConfiguration retention,
            Clock clock) {
        this.transactions = new Transactions(dataSource);
        this.setAside = setAside;
        this.addresses = addresses;
        this.logins = logins;
        this.tokens = tokens;
        this.deliveries = deliveries;
        this.retention = retention.messages();
        this.clock = clock;
    }

    void remove(Run run) throws Exception {
        Instant end = clock.instant().minus(retention);
        if (!run.removes()) {
            run.removedOthers(inRepositories(end, Integer.MAX_VALUE).size() + setAside.count(end, Integer.MAX_VALUE));
            return;
        }
        repeat(run, () -> removeFromRepositories(end));
        repeat(run, () -> setAside.remove(end, AT_ONCE));
        run.work(() -> tokens.removeRenewedBefore(clock.instant().minus(TOKEN_LIFETIME)));
        run.work(() -> {
            addresses.forgetOld();
            logins.adopt();
            return 0;
        });
        for (int slice = 0; slice < RecentDeliveries.SLICES; slice++) {
            int next = slice;
            run.work(() -> {
                deliveries.forgetOld(next);
                return 0;
            });
        }
    }

    /** Removes some, until there are no more. */
    private static void repeat(Run run, Run.Piece some) throws Exception {
        long[] removed = {AT_ONCE};
        while (removed[0] == AT_ONCE) {
            run.work(() -> {
                removed[0] = some.rows();
                run.removedOthers(removed[0]);
                return removed[0];
            });
        }
    }

    /** A mail in a repository of James. */
    private record Kept(String repository, String mail) {}

    private List<Kept> inRepositories(Instant end, int limit) throws SQLException {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(OLD_IN_REPOSITORIES)) {
                select.setTimestamp(1, Timestamp.from(end));
                select.setInt(2, limit);
                List<Kept> kept = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        kept.add(new Kept(rows.getString(1), rows.getString(2)));
                    }
                }
                return kept;
            }
        });
    }

    private long removeFromRepositories(Instant end) throws SQLException {
        List<Kept> old = inRepositories(end, AT_ONCE);
        transactions.change(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM JAMES_MAIL_STORE WHERE REPOSITORY_NAME = ? AND MESSAGE_NAME = ?")) {
                for (Kept mail : old) {
                    delete.setString(1, mail.repository());
                    delete.setString(2, mail.mail());
                    delete.executeUpdate();
                }
            }
        });
        return old.size();
    }
}
