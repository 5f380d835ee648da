package org.jameschatmail.benchmarks.load.mail;

/**
 * What went wrong with the messages of a run; all zero is how it must be.
 *
 * @param lost acknowledged, and not in the recipient's mailbox
 * @param doubled more than once in the mailbox, counting the surplus
 * @param foreign in the mailbox, and not sent there
 * @param unannounced in the mailbox, and not told of in IDLE
 */
public record Integrity(long lost, long doubled, long foreign, long unannounced) {
    public static final Integrity WHOLE = new Integrity(0, 0, 0, 0);

    public boolean isWhole() {
        return equals(WHOLE);
    }

    public Integrity plus(Integrity other) {
        return new Integrity(
                lost + other.lost, doubled + other.doubled, foreign + other.foreign, unannounced + other.unannounced);
    }

    @Override
    public String toString() {
        return isWhole()
                ? "nothing lost, doubled or unannounced"
                : lost + " lost, " + doubled + " doubled, " + foreign + " foreign, " + unannounced + " unannounced";
    }
}
