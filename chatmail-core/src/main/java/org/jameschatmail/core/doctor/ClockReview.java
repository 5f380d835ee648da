package org.jameschatmail.core.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the clock is right. A wrong one makes certificates and signatures invalid, and mail expire.
 *
 * @param built when this release was made: no right clock is before it
 * @param elsewhere how far ahead of ours the clock of some web server is; nothing when none could be asked
 */
public record ClockReview(Instant built, Optional<Duration> elsewhere) {
    /** The {@code Date} of HTTP has whole seconds, and a message takes its time. */
    private static final Duration UNREMARKABLE = Duration.ofSeconds(10);

    private static final Duration TOLERABLE = Duration.ofMinutes(5);
    private static final String ADVICE = "Have the system keep it right, by systemd-timesyncd or chrony.";

    public Finding of(Instant now) {
        if (now.isBefore(built)) {
            return Finding.fail(Subject.CLOCK, now + " is before this release was made", ADVICE);
        }
        if (elsewhere.isEmpty()) {
            return Finding.warn(
                    Subject.CLOCK, now + ", not compared: no answer from the host of push.url", "Compare it yourself.");
        }
        long seconds = elsewhere.get().getSeconds();
        String seen = seconds == 0
                ? "right to the second"
                : "%d s %s".formatted(Math.abs(seconds), seconds > 0 ? "slow" : "fast");
        if (elsewhere.get().abs().compareTo(UNREMARKABLE) <= 0) {
            return Finding.ok(Subject.CLOCK, seen);
        }
        return elsewhere.get().abs().compareTo(TOLERABLE) <= 0
                ? Finding.warn(Subject.CLOCK, seen, ADVICE)
                : Finding.fail(Subject.CLOCK, seen, ADVICE);
    }
}
