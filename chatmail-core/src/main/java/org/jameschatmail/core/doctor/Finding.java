package org.jameschatmail.core.doctor;

/**
 * One thing that was looked at.
 *
 * @param seen what there is, in a sentence or less
 * @param advice what to do; empty when all is well
 */
public record Finding(Subject subject, Grade grade, String seen, String advice) {
    public static Finding ok(Subject subject, String seen) {
        return new Finding(subject, Grade.OK, seen, "");
    }

    public static Finding warn(Subject subject, String seen, String advice) {
        return new Finding(subject, Grade.WARN, seen, advice);
    }

    public static Finding fail(Subject subject, String seen, String advice) {
        return new Finding(subject, Grade.FAIL, seen, advice);
    }
}
