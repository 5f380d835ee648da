package org.jameschatmail.core.acme;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a certificate should be renewed: some time from {@code start} to {@code end}, so that not all servers come at
 * once. Immutable.
 *
 * @param start before the end, or at it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9773#section-4.2">RFC 9773, section 4.2</a>
 */
public record RenewalWindow(Instant start, Instant end) {
    private static final Duration SHORT_LIVED = Duration.ofDays(10);
    private static final int PARTS = 100;
    private static final int HALF = 50;
    private static final int TWO_THIRDS = 66;
    private static final int WIDTH = 4;
    private static final int LATEST = 90;

    public RenewalWindow {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("a window that ends before it begins: " + start + ", " + end);
        }
    }

    /**
     * Where the authority gives no advice: after two thirds of the certificate's time, after half of one that is valid
     * for less than ten days.
     */
    public static RenewalWindow of(Instant notBefore, Instant notAfter) {
        Duration life = Duration.between(notBefore, notAfter);
        int middle = life.compareTo(SHORT_LIVED) < 0 ? HALF : TWO_THIRDS;
        return new RenewalWindow(
                notBefore.plus(part(life, middle - WIDTH)), notBefore.plus(part(life, middle + WIDTH)));
    }

    /** The advice of an authority, but so early that a tenth of the certificate's time is left for trouble. */
    public RenewalWindow within(Instant notBefore, Instant notAfter) {
        Instant latest = notBefore.plus(part(Duration.between(notBefore, notAfter), LATEST));
        return new RenewalWindow(start.isAfter(latest) ? latest : start, end.isAfter(latest) ? latest : end);
    }

    /** A time within, each as likely as the other. */
    public Instant pick(RandomGenerator random) {
        long width = Duration.between(start, end).toMillis();
        return start.plusMillis(width == 0 ? 0 : random.nextLong(width + 1));
    }

    private static Duration part(Duration life, int hundredths) {
        return life.multipliedBy(hundredths).dividedBy(PARTS);
    }
}
