package org.jameschatmail.benchmarks.load.measure;

/**
 * Everything that is reported, in the order of the report. Milliseconds of processor time are the server's, all its
 * processes together; percentiles are of the times of one round.
 */
public enum Metric {
    PING_PONG_P50("Ping-pong: submit to fetched, p50", "ms", Better.LOWER),
    PING_PONG_P90("Ping-pong: submit to fetched, p90", "ms", Better.LOWER),
    PING_PONG_P99("Ping-pong: submit to fetched, p99", "ms", Better.LOWER),
    PING_PONG_ACKNOWLEDGED("Ping-pong: submit to 250, p50", "ms", Better.LOWER),
    PING_PONG_CPU("Ping-pong: CPU per message", "ms", Better.LOWER),
    THROUGHPUT_RATE("Throughput, recipients fetch", "msg/s", Better.HIGHER),
    THROUGHPUT_CPU("Throughput: CPU per message", "ms", Better.LOWER),
    THROUGHPUT_P50("Throughput: submit to fetched, p50", "ms", Better.LOWER),
    THROUGHPUT_P90("Throughput: submit to fetched, p90", "ms", Better.LOWER),
    THROUGHPUT_P99("Throughput: submit to fetched, p99", "ms", Better.LOWER),
    THROUGHPUT_OWN_CPU("Throughput: CPU of the load program per message", "ms", Better.LOWER),
    THROUGHPUT_NOISE("Throughput: processors used by anyone else", "%", Better.LOWER),
    GROUP_P50("Group: submit to all notified, p50", "ms", Better.LOWER),
    GROUP_P90("Group: submit to all notified, p90", "ms", Better.LOWER),
    GROUP_P99("Group: submit to all notified, p99", "ms", Better.LOWER),
    GROUP_CPU("Group: CPU per recipient", "ms", Better.LOWER),
    ONBOARDING_RATE("Onboarding: accounts by first login", "1/s", Better.HIGHER),
    ONBOARDING_CPU("Onboarding: CPU per account", "ms", Better.LOWER),
    ONBOARDING_P50("Onboarding: connect to INBOX selected, p50", "ms", Better.LOWER),
    ONBOARDING_P99("Onboarding: connect to INBOX selected, p99", "ms", Better.LOWER),
    OFFERS_RATE("Onboarding: POST /new", "1/s", Better.HIGHER),
    OFFERS_CPU("Onboarding: CPU per POST /new", "ms", Better.LOWER),
    DRAIN_FETCH("Drain: fetch all", "s", Better.LOWER),
    DRAIN_STORE("Drain: mark all deleted", "s", Better.LOWER),
    DRAIN_EXPUNGE("Drain: expunge all", "s", Better.LOWER),
    DRAIN_CPU("Drain: CPU per message", "ms", Better.LOWER),
    RESIDENT("Resident before the idle connections", "MiB", Better.LOWER),
    IDLE_ACTIVE("Idle: resident per connection, just idle", "KiB", Better.LOWER),
    IDLE_RESTED("Idle: resident per connection, rested", "KiB", Better.LOWER),
    IDLE_TOTAL("Idle: resident in all, rested", "MiB", Better.LOWER),
    IDLE_NOTIFIED_P50("Idle: submit to notified, p50", "ms", Better.LOWER),
    IDLE_NOTIFIED_P99("Idle: submit to notified, p99", "ms", Better.LOWER),
    COMPRESSED_ACTIVE("Idle, compressed: resident per connection, just idle", "KiB", Better.LOWER),
    COMPRESSED_RESTED("Idle, compressed: resident per connection, rested", "KiB", Better.LOWER),
    COMPRESSED_NOTIFIED_P50("Idle, compressed: submit to notified, p50", "ms", Better.LOWER),
    COMPRESSED_NOTIFIED_P99("Idle, compressed: submit to notified, p99", "ms", Better.LOWER),
    START_READY("Start to ready", "s", Better.LOWER),
    FIRST_START_READY("The very first start, which makes keys and database, to ready", "s", Better.LOWER);

    /** Which of two values is the better one. */
    public enum Better {
        HIGHER,
        LOWER
    }

    private final String title;
    private final String unit;
    private final Better better;

    Metric(String title, String unit, Better better) {
        this.title = title;
        this.unit = unit;
        this.better = better;
    }

    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    /** How many times as good a value is as the reference's: 2 is twice the rate, or half the time. */
    public double gain(double value, double reference) {
        return switch (better) {
            case HIGHER -> value / reference;
            case LOWER -> reference / value;
        };
    }
}
