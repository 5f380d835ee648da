package org.jameschatmail.core.configuration;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.network.AddressRange;

/**
 * The table of keys, in the order of the shipped {@code conf/chatmail.properties}. Everything else about a key is
 * derived from its row: parsing, the environment variable, the fault's text, the shipped file and the reference.
 */
public final class Keys {
    private static final int ANY_COUNT = 1_000_000;
    private static final int LONGEST_LOCALPART = 64;
    private static final int LONGEST_PASSWORD_MINIMUM = 128;
    private static final int HIGHEST_PORT_OFFSET = 57535;
    private static final long LARGEST_SIZE = 1L << 50;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Map<String, Key<?>> TABLE = new LinkedHashMap<>();

    public static final Key<MailDomain> DOMAIN =
            row(Key.of("domain", Syntaxes.domain(), "", "The mail domain. It is what follows the @ in every address.")
                    .inCheckout("chat.localhost"));
    public static final Key<Optional<MailDomain>> HOSTNAME = row(
            Key.of("hostname", Syntaxes.domain().orEmpty(), "", "The name in SMTP, IMAP and TLS. Empty: the domain."));
    public static final Key<List<InetAddress>> BIND_ADDRESS = row(Key.of(
                    "bind.address",
                    Syntaxes.ipAddresses(),
                    "0.0.0.0, ::",
                    "The addresses that mail and web listen on. WebAdmin stays on loopback whatever stands here.")
            .inCheckout("127.0.0.1"));
    public static final Key<Integer> PORT_OFFSET = row(Key.of(
                    "port.offset",
                    Syntaxes.number(0, HIGHEST_PORT_OFFSET),
                    "0",
                    "Added to each port: 25, 80, 143, 443, 465, 587, 993 and 8000.")
            .inCheckout("10000"));
    public static final Key<List<AddressRange>> PROXY_TRUSTED = row(Key.of(
            "proxy.trusted",
            Syntaxes.addressRanges(),
            "",
            "Proxies that may say whom they speak for: by the PROXY protocol on every port but WebAdmin's, by X-Forwarded-For on"
                    + " 443. Everything that passes through them has to begin with their word. Empty is off."));
    public static final Key<TlsMode> TLS_MODE = row(Key.of(
            "tls.mode",
            Syntaxes.oneOf(TlsMode.class),
            "self-signed",
            "Where the certificate comes from. With acme you agree to the terms of acme.directory."));
    public static final Key<Optional<Path>> TLS_CERTIFICATE = row(Key.of(
            "tls.certificate",
            Syntaxes.path().orEmpty(),
            "",
            "PEM file with the certificate and its chain, for tls.mode=files. Taken up again when it changes."));
    public static final Key<Optional<Path>> TLS_PRIVATE_KEY = row(Key.of(
            "tls.private-key", Syntaxes.path().orEmpty(), "", "PEM file with the private key, for tls.mode=files."));
    public static final Key<Optional<String>> ACME_EMAIL = row(Key.of(
            "acme.email",
            Syntaxes.mailAddress().orEmpty(),
            "",
            "Where the certificate authority writes to about the account."));
    public static final Key<URI> ACME_DIRECTORY = row(Key.of(
            "acme.directory",
            Syntaxes.webAddress(),
            "https://acme-v02.api.letsencrypt.org/directory",
            "The certificate authority, by default Let's Encrypt."));
    public static final Key<AcmeChallenge> ACME_CHALLENGE = row(Key.of(
            "acme.challenge",
            Syntaxes.oneOf(AcmeChallenge.class),
            "any",
            "How the authority sees that the names are ours: http-01 by port 80, tls-alpn-01 by port 443. any: by the one, then the"
                    + " other."));
    public static final Key<RegistrationMode> REGISTRATION_MODE = row(Key.of(
            "registration.mode",
            Syntaxes.oneOf(RegistrationMode.class),
            "open",
            "Who may create an account, until it is switched by WebAdmin. Existing accounts work in each mode."));
    public static final Key<Integer> REGISTRATION_LOCALPART_MIN = row(Key.of(
            "registration.localpart.min",
            Syntaxes.number(1, LONGEST_LOCALPART),
            "9",
            "Characters before the @ of a new address, at least. Also the length of generated ones."));
    public static final Key<Integer> REGISTRATION_LOCALPART_MAX = row(Key.of(
            "registration.localpart.max",
            Syntaxes.number(1, LONGEST_LOCALPART),
            "9",
            "Characters before the @ of a new address, at most."));
    public static final Key<Set<String>> REGISTRATION_RESERVED = row(
            Key.of(
                    "registration.reserved",
                    Syntaxes.localparts(),
                    "",
                    "Localparts that nobody may register, besides postmaster, abuse, admin and others that stand for the operator."));
    public static final Key<Integer> REGISTRATION_PASSWORD_MIN = row(Key.of(
            "registration.password.min",
            Syntaxes.number(1, LONGEST_PASSWORD_MINIMUM),
            "9",
            "Characters in the password of a new account, at least."));
    public static final Key<Integer> REGISTRATION_RATE_PER_NETWORK = row(Key.of(
            "registration.rate.per-network",
            Syntaxes.number(0, 100_000),
            "300",
            "New accounts an hour from one IPv4 address or IPv6 /64. 0 is off."));
    public static final Key<Double> REGISTRATION_GUARD_LOAD = row(Key.of(
            "registration.guard.load",
            Syntaxes.decimal(10_000),
            "5",
            "No new accounts while the load average over one minute is above this. 0 is off."));
    public static final Key<Long> REGISTRATION_GUARD_MEMORY = row(Key.of(
            "registration.guard.memory",
            Syntaxes.size(0, LARGEST_SIZE),
            "200MB",
            "No new accounts while less memory than this is available. 0 is off."));
    public static final Key<Long> REGISTRATION_GUARD_DISK = row(Key.of(
            "registration.guard.disk",
            Syntaxes.size(0, LARGEST_SIZE),
            "1GB",
            "No new accounts while less disk than this is free in the data directory. 0 is off."));
    public static final Key<Integer> SEND_RATE_PER_MINUTE = row(Key.of(
            "send.rate.per-minute",
            Syntaxes.number(0, ANY_COUNT),
            "60",
            "Messages a minute that one account may send, over time. 0 is off."));
    public static final Key<Integer> SEND_RATE_BURST = row(Key.of(
            "send.rate.burst",
            Syntaxes.number(0, ANY_COUNT),
            "10",
            "Messages that one account may send at once on top of that rate. 0 is off."));
    public static final Key<Long> MESSAGE_SIZE_MAX = row(Key.of(
            "message.size.max",
            Syntaxes.size(1, Integer.MAX_VALUE),
            "31457280",
            "The largest message taken, in bytes."));
    public static final Key<Integer> MESSAGE_RECIPIENTS_MAX = row(Key.of(
            "message.recipients.max",
            Syntaxes.number(1, ANY_COUNT),
            "1000",
            "Recipients in one message, at most. Clients are told as maxsmtprecipients."));
    public static final Key<Long> QUOTA_STORAGE =
            row(Key.of("quota.storage", Syntaxes.size(1, LARGEST_SIZE), "500MB", "Storage per account."));
    public static final Key<Integer> QUOTA_EXPIRE_ABOVE = row(Key.of(
            "quota.expire.above",
            Syntaxes.percent(),
            "75",
            "Percent of the quota above which the oldest messages are removed."));
    public static final Key<Integer> QUOTA_EXPIRE_TO = row(Key.of(
            "quota.expire.to",
            Syntaxes.percent(),
            "70",
            "Percent of the quota that this removal goes down to. Below quota.expire.above."));
    public static final Key<Duration> QUOTA_EXPIRE_PROTECT = row(Key.of(
            "quota.expire.protect",
            Syntaxes.duration(Duration.ZERO),
            "24h",
            "Messages younger than this are never removed for the quota."));
    public static final Key<Duration> RETENTION_MESSAGES = row(
            Key.of("retention.messages", Syntaxes.duration(SHORTEST), "20d", "Messages older than this are removed."));
    public static final Key<Duration> RETENTION_LARGE_MESSAGES = row(Key.of(
            "retention.large.messages",
            Syntaxes.duration(SHORTEST),
            "7d",
            "Seen messages above retention.large.size are removed when older than this."));
    public static final Key<Long> RETENTION_LARGE_SIZE = row(Key.of(
            "retention.large.size",
            Syntaxes.size(0, LARGEST_SIZE),
            "200000",
            "The size above which a message counts as large, in bytes."));
    public static final Key<Duration> RETENTION_ACCOUNTS = row(Key.of(
            "retention.accounts",
            Syntaxes.duration(SHORTEST),
            "90d",
            "Accounts without a login for this long are removed with all that is theirs."));
    public static final Key<Duration> RETENTION_ADDRESSES = row(Key.of(
            "retention.addresses",
            Syntaxes.duration(Duration.ZERO),
            "30d",
            "For so long nobody can register the address of an account that was removed. 0s is off."));
    public static final Key<Integer> RETENTION_RATE = row(
            Key.of(
                    "retention.rate",
                    Syntaxes.number(1, 100_000),
                    "500",
                    "Messages a second that are removed for their age or the quota, at most. Fewer while the database is busy."));
    public static final Key<Optional<URI>> PUSH_URL = row(Key.of(
            "push.url",
            Syntaxes.webAddress().orEmpty(),
            "https://notifications.delta.chat/notify",
            "The notification proxy, which wakes devices that gave us a token. Empty is off."));
    public static final Key<Optional<URI>> IROH_URL = row(Key.of(
            "iroh.url",
            Syntaxes.webAddress().orEmpty(),
            "",
            "The iroh relay that clients are told of. Empty is none."));
    public static final Key<Optional<String>> TURN_HOST = row(Key.of(
            "turn.host", Syntaxes.host().orEmpty(), "", "The TURN server that clients are told of. Empty is none."));
    public static final Key<Optional<Integer>> TURN_PORT = row(
            Key.of("turn.port", Syntaxes.number(1, 65535).orEmpty(), "", "The port of the TURN server. Empty: 3478."));
    public static final Key<Optional<String>> TURN_SECRET = row(Key.of(
                    "turn.secret",
                    Syntaxes.text().orEmpty(),
                    "",
                    "The secret shared with the TURN server, from which passwords are derived. Needed with turn.host.")
            .masked(Masks::whole));
    public static final Key<Optional<Path>> APP_VERSIONS = row(Key.of(
            "app.versions",
            Syntaxes.path().orEmpty(),
            "",
            "JSON file with the newest versions of apps, which clients are told of. Taken up again when it changes."));
    public static final Key<Boolean> IMAP_CAPABILITY_BEFORE_LOGIN = row(Key.of(
            "imap.capability.before-login",
            Syntaxes.bool(),
            "true",
            "Whether XCHATMAIL, and XDELTAPUSH where push.url is set, are listed before login."));
    public static final Key<AppendMode> IMAP_APPEND = row(Key.of(
            "imap.append",
            Syntaxes.oneOf(AppendMode.class),
            "encrypted",
            "Which messages IMAP APPEND takes: those that are encrypted, or any."));
    public static final Key<Integer> IMAP_CONNECTIONS_MAX = row(Key.of(
            "imap.connections.max", Syntaxes.number(0, ANY_COUNT), "20000", "IMAP connections in all. 0 is off."));
    public static final Key<Integer> IMAP_CONNECTIONS_PER_NETWORK = row(Key.of(
            "imap.connections.per-network",
            Syntaxes.number(0, ANY_COUNT),
            "200",
            "IMAP connections from one IPv4 address or IPv6 /64. 0 is off."));
    public static final Key<Integer> SMTP_CONNECTIONS_MAX = row(Key.of(
            "smtp.connections.max",
            Syntaxes.number(0, ANY_COUNT),
            "2000",
            "SMTP connections in all, and as many messages at once by /mxdeliv. 0 is off."));
    public static final Key<Integer> SMTP_CONNECTIONS_PER_NETWORK = row(Key.of(
            "smtp.connections.per-network",
            Syntaxes.number(0, ANY_COUNT),
            "200",
            "SMTP connections from one IPv4 address or IPv6 /64, and as many messages at once by /mxdeliv. 0 is off."));
    public static final Key<LocalDeliveryMode> DELIVERY_LOCAL = row(Key.of(
            "delivery.local",
            Syntaxes.oneOf(LocalDeliveryMode.class),
            "direct",
            "direct: with store.mailbox=jdbc, a message is in the mailboxes of its local recipients before its sender hears that it was"
                    + " accepted. spool: it goes by way of mailetcontainer.xml, for mailets of your own."));
    public static final Key<Optional<HostAndPort>> DELIVERY_GATEWAY = row(Key.of(
            "delivery.gateway",
            Syntaxes.hostAndPort().orEmpty(),
            "",
            "Takes all outgoing mail instead of delivery by MX. Empty is off."));
    public static final Key<List<HostAndPort>> DNS_SERVER = row(Key.of(
            "dns.server",
            Syntaxes.nameServers(),
            "",
            "The resolvers for MX, DKIM and MTA-STS. Port 53 where none is given. Empty: the system's."));
    public static final Key<Duration> QUEUE_RETRY_FIRST = row(Key.of(
            "queue.retry.first",
            Syntaxes.duration(SHORTEST),
            "60s",
            "The time before the first retry of a delivery. Later ones wait longer."));
    public static final Key<Duration> QUEUE_LIFETIME = row(Key.of(
            "queue.lifetime",
            Syntaxes.duration(SHORTEST),
            "2d",
            "The time after which a delivery is given up and its sender told."));
    public static final Key<DkimMode> INCOMING_DKIM = row(Key.of(
            "incoming.dkim",
            Syntaxes.oneOf(DkimMode.class),
            "require",
            "Whether mail from other servers needs a valid DKIM signature. off is for tests and IP-only" + " relays."));
    public static final Key<Optional<String>> STORE_URL = row(Key.of(
                    "store.url",
                    Syntaxes.jdbcUrl().orEmpty(),
                    "",
                    "JDBC URL of the database. Empty: embedded Derby in the data directory.")
            .masked(Masks::jdbcPassword));
    public static final Key<MailboxStore> STORE_MAILBOX = row(Key.of(
            "store.mailbox",
            Syntaxes.oneOf(MailboxStore.class),
            "jdbc",
            "What keeps the mailboxes: jdbc, or James' own jpa, which is slower. Neither sees the mail of the other."));
    public static final Key<Optional<Path>> WEB_FOLDER = row(Key.of(
            "web.folder",
            Syntaxes.path().orEmpty(),
            "",
            "A folder with the operator's own web pages, which replace the built-in ones and add to them."));
    public static final Key<Optional<String>> PRIVACY_MAIL = row(Key.of(
            "privacy.mail",
            Syntaxes.mailAddress().orEmpty(),
            "",
            "Mail address of whoever answers for the data. On the privacy page, and told to clients as"
                    + " /shared/admin."));
    public static final Key<Optional<String>> PRIVACY_POSTAL =
            row(Key.of("privacy.postal", Syntaxes.text().orEmpty(), "", "Their postal address, on the privacy page."));
    public static final Key<Optional<String>> PRIVACY_PDO = row(Key.of(
            "privacy.pdo", Syntaxes.text().orEmpty(), "", "The privacy officer's contact, on the privacy page."));
    public static final Key<Optional<String>> PRIVACY_SUPERVISOR = row(Key.of(
            "privacy.supervisor", Syntaxes.text().orEmpty(), "", "The supervising authority, on the privacy page."));

    public static final Key<LogFormat> LOG_FORMAT = row(Key.of(
            "log.format",
            Syntaxes.oneOf(LogFormat.class),
            "text",
            "How the log is written: by conf/logback.xml, logback-json.xml or logback-journald.xml."));
    public static final Key<Duration> WATCHDOG_STALL = row(
            Key.of(
                    "watchdog.stall",
                    Syntaxes.duration(Duration.ZERO),
                    "10s",
                    "When a thread that serves connections stands still for so long, what all threads do is written to logs/. 0s is off."));

    private Keys() {}

    /** Every key, in the order of the shipped file. */
    public static List<Key<?>> all() {
        return List.copyOf(TABLE.values());
    }

    /** The key of that name. */
    public static Optional<Key<?>> named(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    private static <T> Key<T> row(Key<T> key) {
        TABLE.put(key.name(), key);
        return key;
    }
}
