package org.jameschatmail.core.metric;

import java.util.Locale;

/**
 * Every metric that {@code GET /chatmail/metrics} shows, in its order. The names stay: boards and alerts are made of
 * them. None of them, nor any label, names a person or another server.
 */
public enum MetricFamily {
    INFO(Kind.GAUGE, "chatmail_info", "version", "Always 1; the label is the version that runs"),
    START_TIME(Kind.GAUGE, "chatmail_start_time_seconds", "", "When the server started, in seconds since 1970"),
    ACCEPTED(
            Kind.COUNTER,
            "chatmail_messages_accepted_total",
            "door",
            "Messages made durable: submission are those of our users, incoming those of other servers"),
    REPEATED(
            Kind.COUNTER,
            "chatmail_messages_repeated_total",
            "",
            "Messages that were sent again after they had been accepted, and went nowhere"),
    REFUSED(
            Kind.COUNTER,
            "chatmail_refusals_total",
            "reason",
            "Messages, recipients and logins refused over SMTP and /mxdeliv, by the names of refusals.md"),
    DURABLE(
            Kind.HISTOGRAM,
            "chatmail_data_to_durable_seconds",
            "",
            "From the end of a message's data until it is durable, which is when its sender hears 250"),
    NOTIFIED(
            Kind.HISTOGRAM,
            "chatmail_data_to_notified_seconds",
            "",
            "From the end of a message's data until those who idle in a recipient's mailbox are told, one a recipient;"
                    + " with delivery.local=direct"),
    LOGINS(
            Kind.COUNTER,
            "chatmail_logins_total",
            "outcome",
            "Logins over IMAP and SMTP: accepted, refused, or undecided for a trouble of ours"),
    CREATED(Kind.COUNTER, "chatmail_accounts_created_total", "", "Accounts that a first login made"),
    ACCOUNTS(Kind.GAUGE, "chatmail_accounts", "", "Accounts"),
    SESSIONS(Kind.GAUGE, "chatmail_sessions", "state", "Open IMAP and SMTP connections, before and after the login"),
    STORED_MESSAGES(Kind.GAUGE, "chatmail_stored_messages", "", "Messages in all mailboxes"),
    STORED_BYTES(
            Kind.GAUGE, "chatmail_stored_bytes", "", "Octets of these messages, each recipient's own copy counted"),
    OUTGOING_QUEUE(
            Kind.GAUGE,
            "chatmail_outgoing_queue_messages",
            "state",
            "Messages that wait for another server: new ones, and those that were tried and have to be again"),
    SPOOL(Kind.GAUGE, "chatmail_spool_messages", "", "Messages that wait for the mailets"),
    OUTGOING(
            Kind.COUNTER,
            "chatmail_outgoing_recipients_total",
            "outcome",
            "Recipients at other servers: delivered, deferred (once for each attempt), or failed for good"),
    TAKEN(
            Kind.COUNTER,
            "chatmail_outgoing_messages_total",
            "way",
            "Messages that another server took, by https (/mxdeliv) or smtp"),
    WAY_FAULTS(
            Kind.COUNTER,
            "chatmail_outgoing_faults_total",
            "fault",
            "What was wrong with ways to other servers; named as in RFC 8460, and unreachable"),
    PUSH(
            Kind.COUNTER,
            "chatmail_push_notifications_total",
            "outcome",
            "Notifications: sent, failed (most are tried again), or dropped for good"),
    PUSH_QUEUE(Kind.GAUGE, "chatmail_push_queue_notifications", "", "Notifications that wait"),
    DEVICE_TOKENS(Kind.GAUGE, "chatmail_device_tokens", "", "Tokens that devices have left here"),
    EXPIRED_MESSAGES(Kind.COUNTER, "chatmail_expired_messages_total", "", "Messages removed for age or quota"),
    EXPIRED_BYTES(Kind.COUNTER, "chatmail_expired_bytes_total", "", "Octets of these messages"),
    EXPIRED_ACCOUNTS(Kind.COUNTER, "chatmail_expired_accounts_total", "", "Accounts removed for want of a login"),
    EXPIRY_BACKLOG(
            Kind.GAUGE, "chatmail_expiry_backlog_seconds", "", "How far the daily walk is behind its time of day"),
    EXPIRY_WORK(Kind.GAUGE, "chatmail_expiry_work_seconds", "", "How long was worked within the last whole daily walk"),
    CERTIFICATE_DAYS(
            Kind.GAUGE,
            "chatmail_certificate_days_left",
            "",
            "Days until the certificate ends that listeners present; negative after it"),
    FREE_DISK(Kind.GAUGE, "chatmail_free_disk_bytes", "", "What is free where the data directory is"),
    HEAP(Kind.GAUGE, "chatmail_heap_used_bytes", "", "The Java heap in use"),
    STALLS(
            Kind.COUNTER,
            "chatmail_stalls_total",
            "",
            "How often a thread that serves connections stood still for watchdog.stall"),
    LOG_TROUBLES(Kind.COUNTER, "chatmail_log_troubles_total", "", "Lines of the log at WARN and ERROR");

    /** The types of Prometheus. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM;

        /** As the text form writes it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final String id;
    private final String label;
    private final String meaning;

    MetricFamily(Kind kind, String id, String label, String meaning) {
        this.kind = kind;
        this.id = id;
        this.label = label;
        this.meaning = meaning;
    }

    public Kind kind() {
        return kind;
    }

    /** Its name in Prometheus. */
    public String id() {
        return id;
    }

    /** The one label it has, or an empty text. */
    public String label() {
        return label;
    }

    /** A sentence without a full stop. */
    public String meaning() {
        return meaning;
    }
}
