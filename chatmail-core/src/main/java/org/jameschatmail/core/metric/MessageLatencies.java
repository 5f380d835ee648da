package org.jameschatmail.core.metric;

/**
 * How long messages take from the end of their data on.
 *
 * @param durable until the sender hears 250
 * @param notified until those who idle in a recipient's mailbox are told
 */
public record MessageLatencies(LatencyHistogram durable, LatencyHistogram notified) {
    public MessageLatencies() {
        this(new LatencyHistogram(), new LatencyHistogram());
    }
}
