package org.jameschatmail.guice.mailbox;

/**
 * What was removed, or would be.
 *
 * @param octets of the messages, each counted as often as it was stored for somebody
 */
public record Removed(long messages, long octets) {
    public static final Removed NOTHING = new Removed(0, 0);

    public Removed plus(Removed other) {
        return new Removed(messages + other.messages, octets + other.octets);
    }
}
