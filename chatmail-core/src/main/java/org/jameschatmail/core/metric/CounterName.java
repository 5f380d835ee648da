package org.jameschatmail.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jameschatmail.core.verdict.Reason;

/**
 * A counter: how James' metric factory knows it, and what it is to Prometheus. Every counter of ours stands here.
 *
 * @param internal its name in James, such as {@code chatmail.accepted.submission}
 * @param label the value of the family's label; empty where it has none
 */
public record CounterName(String internal, MetricFamily family, String label) {
    /** What the names of all refusals begin with. */
    public static final String REFUSALS = "chatmail.refused.";

    private static final List<CounterName> TABLE = new ArrayList<>();

    public static final CounterName SUBMITTED = row("accepted.submission", MetricFamily.ACCEPTED, "submission");
    public static final CounterName INCOMING = row("accepted.incoming", MetricFamily.ACCEPTED, "incoming");
    public static final CounterName REPEATED = row("accepted.repeated", MetricFamily.REPEATED, "");
    public static final CounterName LOGIN_ACCEPTED = row("login.accepted", MetricFamily.LOGINS, "accepted");
    public static final CounterName LOGIN_REFUSED = row("login.refused", MetricFamily.LOGINS, "refused");
    public static final CounterName LOGIN_UNDECIDED = row("login.undecided", MetricFamily.LOGINS, "undecided");
    public static final CounterName ACCOUNT_CREATED = row("account.created", MetricFamily.CREATED, "");
    public static final CounterName DELIVERED = row("outgoing.delivered", MetricFamily.OUTGOING, "delivered");
    public static final CounterName DEFERRED = row("outgoing.deferred", MetricFamily.OUTGOING, "deferred");
    public static final CounterName FAILED = row("outgoing.failed", MetricFamily.OUTGOING, "failed");
    public static final CounterName BY_HTTPS = row("outgoing.https", MetricFamily.TAKEN, "https");
    public static final CounterName BY_SMTP = row("outgoing.smtp", MetricFamily.TAKEN, "smtp");
    public static final CounterName UNREACHABLE = row("outgoing.unreachable", MetricFamily.WAY_FAULTS, "unreachable");
    public static final CounterName NO_STARTTLS = tlsFault("starttls-not-supported");
    public static final CounterName TLS_FAILED = tlsFault("validation-failure");
    public static final CounterName POLICY_UNAVAILABLE = tlsFault("sts-policy-fetch-error");
    public static final CounterName POLICY_MISMATCH = tlsFault("sts-host-mismatch");
    public static final CounterName PUSH_SENT = row("push.sent", MetricFamily.PUSH, "sent");
    public static final CounterName PUSH_FAILED = row("push.failed", MetricFamily.PUSH, "failed");
    public static final CounterName PUSH_DROPPED = row("push.dropped", MetricFamily.PUSH, "dropped");
    public static final CounterName EXPIRED_MESSAGES = row("expiry.messages", MetricFamily.EXPIRED_MESSAGES, "");
    public static final CounterName EXPIRED_ACCOUNTS = row("expiry.accounts", MetricFamily.EXPIRED_ACCOUNTS, "");
    public static final CounterName STALLS = row("stalls", MetricFamily.STALLS, "");
    public static final CounterName LOG_TROUBLES = row("log.troubles", MetricFamily.LOG_TROUBLES, "");

    static {
        for (Reason reason : Reason.values()) {
            TABLE.add(refusal(reason));
        }
    }

    /** All of them. */
    public static List<CounterName> all() {
        return List.copyOf(TABLE);
    }

    /** The refusals for one reason: {@code chatmail.refused.encryption_needed}. */
    public static CounterName refusal(Reason reason) {
        String label = reason.name().toLowerCase(Locale.ROOT);
        return new CounterName(REFUSALS + label, MetricFamily.REFUSED, label);
    }

    private static CounterName tlsFault(String fault) {
        return row("outgoing.tls." + fault, MetricFamily.WAY_FAULTS, fault);
    }

    private static CounterName row(String internal, MetricFamily family, String label) {
        CounterName name = new CounterName("chatmail." + internal, family, label);
        TABLE.add(name);
        return name;
    }
}
