package org.jameschatmail.guice.mailbox;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.jameschatmail.core.expiry.Clearing;
import org.jspecify.annotations.Nullable;

/**
 * The table of storage limits: a row for all, for a domain, for an account; the narrowest that says something holds. A
 * limit that another server on the same database sets is heeded here after ten seconds at the latest. Thread-safe.
 */
@Singleton
final class StorageLimits {
    /** The holder of the limit that holds for all. */
    static final String EVERYBODY = "";

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MAX_REMEMBERED = 20_000;
    private static final String SELECT = "SELECT octets, messages FROM chatmail_quota_limit"
            + " --DERBY-PROPERTIES constraint=CHATMAIL_QUOTA_LIMIT_PK\n WHERE holder = ?";

    private final Cache<String, AccountLimit> remembered = CacheBuilder.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    private final Clearing clearing;
    private final FillingAccounts filling;

    @Inject
    StorageLimits(QuotaConfiguration quota, FillingAccounts filling) {
        this.clearing = new Clearing(quota);
        this.filling = filling;
    }

    /** Notes an account that is to get room: that fills up, or is full already. */
    void watch(Username owner, Usage usage, AccountLimit limit) {
        if (limit.octets()
                .filter(octets -> clearing.isDue(usage.octets(), octets))
                .isPresent()) {
            filling.note(owner);
        }
    }

    static String holder(Domain domain) {
        return "@" + domain.asString();
    }

    static String holder(String namespace, String owner) {
        return namespace + "&" + owner;
    }

    /** The limit that holds for an account, looked up by the caller's connection unless it is remembered. */
    AccountLimit of(Connection connection, String namespace, String owner) throws SQLException {
        AccountLimit own = remembered(connection, holder(namespace, owner));
        Optional<Domain> domain = Username.of(owner).getDomainPart();
        AccountLimit ofDomain = domain.isPresent() ? remembered(connection, holder(domain.get())) : AccountLimit.NONE;
        return own.or(ofDomain).or(remembered(connection, EVERYBODY));
    }

    private AccountLimit remembered(Connection connection, String holder) throws SQLException {
        @Nullable AccountLimit known = remembered.getIfPresent(holder);
        if (known != null) {
            return known;
        }
        AccountLimit read = read(connection, holder);
        remembered.put(holder, read);
        return read;
    }

    /** What is written for one holder, without the wider scopes. */
    static AccountLimit read(Connection connection, String holder) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, holder);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? new AccountLimit(optional(rows, 1), optional(rows, 2)) : AccountLimit.NONE;
            }
        }
    }

    /** Writes what holds for one holder, which is to be forgotten once that is committed. */
    static void write(Connection connection, String holder, AccountLimit limit) throws SQLException {
        if (execute(
                        connection,
                        "UPDATE chatmail_quota_limit SET octets = ?, messages = ? WHERE holder = ?",
                        limit,
                        holder)
                == 0) {
            execute(
                    connection,
                    "INSERT INTO chatmail_quota_limit (octets, messages, holder) VALUES (?, ?, ?)",
                    limit,
                    holder);
        }
    }

    private static int execute(Connection connection, String sql, AccountLimit limit, String holder)
            throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            int index = 1;
            for (Optional<Long> value : List.of(limit.octets(), limit.messages())) {
                if (value.isPresent()) {
                    write.setLong(index, value.get());
                } else {
                    write.setNull(index, Types.BIGINT);
                }
                index++;
            }
            write.setString(index, holder);
            return write.executeUpdate();
        }
    }

    private static Optional<Long> optional(ResultSet rows, int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? Optional.empty() : Optional.of(value);
    }

    /** Forgets what is remembered of a holder. */
    void forget(String holder) {
        remembered.invalidate(holder);
    }

    /** What each account stores in all its mailboxes, by owner. */
    static Map<String, Usage> usage(List<MailboxState> mailboxes) {
        Map<String, Usage> usage = new HashMap<>();
        mailboxes.forEach(
                state -> usage.merge(state.owner(), new Usage(state.octets(), state.messages()), Usage::plus));
        return usage;
    }

    /** What an account stores. */
    record Usage(long octets, long messages) {
        static final Usage NOTHING = new Usage(0, 0);

        Usage plus(Usage other) {
            return new Usage(octets + other.octets, messages + other.messages);
        }
    }
}
