package org.jameschatmail.benchmarks.load.scenario;

import java.time.Duration;

/**
 * How long a recipient waits for what it was sent.
 *
 * @param silence without a notification for so long, it leaves IDLE and asks; what it finds then was never announced
 * @param attempts silences in a row, without anything found, after which what is missing counts as lost
 */
public record Patience(Duration silence, int attempts) {
    public static final Patience DEFAULT = new Patience(Duration.ofSeconds(5), 6);

    Duration all() {
        return silence.multipliedBy(attempts);
    }
}
