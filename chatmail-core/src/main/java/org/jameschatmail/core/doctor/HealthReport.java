package org.jameschatmail.core.doctor;

import static org.jameschatmail.core.json.JsonText.quoted;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** All findings, for people and for programs. Immutable. */
public record HealthReport(List<Finding> findings) {
    private static final String ADVICE = " ".repeat(18) + "-> ";

    /** In the order of the subjects. */
    public HealthReport {
        findings =
                findings.stream().sorted(Comparator.comparing(Finding::subject)).toList();
    }

    /** Whether nothing fails; there may be warnings. */
    public boolean isGood() {
        return count(Grade.FAIL) == 0;
    }

    private long count(Grade grade) {
        return findings.stream().filter(finding -> finding.grade() == grade).count();
    }

    /** A line for each finding, and one more with what to do. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append("%-4s  %-11s %s\n"
                    .formatted(finding.grade().word(), finding.subject().word(), finding.seen()));
            if (!finding.advice().isEmpty()) {
                text.append(ADVICE).append(finding.advice()).append('\n');
            }
        }
        return text.append("%d ok, %d to look at, %d to mend\n"
                        .formatted(count(Grade.OK), count(Grade.WARN), count(Grade.FAIL)))
                .toString();
    }

    /** {@code findings} with {@code subject}, {@code grade}, {@code seen} and {@code advice}; and {@code good}. */
    public String json() {
        String list = findings.stream().map(HealthReport::json).collect(Collectors.joining(",\n"));
        return "{\"findings\":[\n%s\n],\"good\":%s}\n".formatted(list, isGood());
    }

    private static String json(Finding finding) {
        return "{\"subject\":%s,\"grade\":%s,\"seen\":%s,\"advice\":%s}"
                .formatted(
                        quoted(finding.subject().word()),
                        quoted(finding.grade().word()),
                        quoted(finding.seen()),
                        quoted(finding.advice()));
    }
}
