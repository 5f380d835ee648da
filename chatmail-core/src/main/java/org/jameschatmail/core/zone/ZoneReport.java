package org.jameschatmail.core.zone;

import java.util.List;
import org.jameschatmail.core.zone.ZoneCheck.Finding;
import org.jameschatmail.core.zone.ZoneCheck.State;

/**
 * What came of a check, for people and for programs.
 *
 * @param findings one for each record
 * @param notes those of the zone
 */
public record ZoneReport(List<Finding> findings, List<String> notes) {
    public ZoneReport {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    public boolean isGood() {
        return findings.stream().allMatch(Finding::isGood);
    }

    /** A line for each record, followed by what to change. */
    public String text() {
        StringBuilder text = new StringBuilder();
        notes.forEach(note -> text.append("note       ").append(note).append('\n'));
        for (Finding finding : findings) {
            ZoneRecord record = finding.record();
            text.append("%-10s %s %s\n".formatted(finding.state().word(), record.name(), record.type()));
            if (finding.state() instanceof State.Missing) {
                text.append("  add      ").append(record.line()).append('\n');
            } else if (finding.state() instanceof State.Different different) {
                different
                        .published()
                        .forEach(value ->
                                text.append("  found    ").append(value).append('\n'));
                text.append("  needed   ").append(record.line()).append('\n');
            } else if (finding.state() instanceof State.Unknown) {
                text.append("  the name servers don't answer\n");
            }
        }
        long good = findings.stream().filter(Finding::isGood).count();
        return text.append("%d of %d records are as needed\n".formatted(good, findings.size()))
                .toString();
    }
}
