package org.jameschatmail.core.doctor;

import java.util.List;
import java.util.stream.Collectors;
import org.jameschatmail.core.zone.ZoneCheck;
import org.jameschatmail.core.zone.ZoneRecord;
import org.jameschatmail.core.zone.ZoneReport;

/** What a zone that isn't as needed means for mail. */
public final class ZoneReview {
    private static final String ADVICE = "chatmail dns --check says what to change, record by record.";

    private ZoneReview() {}

    public static Finding of(ZoneReport report) {
        List<ZoneCheck.Finding> bad =
                report.findings().stream().filter(finding -> !finding.isGood()).toList();
        if (bad.isEmpty()) {
            return Finding.ok(Subject.DNS, report.findings().size() + " records are published as needed");
        }
        String seen = bad.stream()
                .map(finding -> finding.state().word() + " " + finding.record().name() + " "
                        + finding.record().type())
                .collect(Collectors.joining(", "));
        boolean mailFails = bad.stream()
                .anyMatch(finding ->
                        isNeededForMail(finding.record()) && !(finding.state() instanceof ZoneCheck.State.Unknown));
        return mailFails ? Finding.fail(Subject.DNS, seen, ADVICE) : Finding.warn(Subject.DNS, seen, ADVICE);
    }

    /** Without these mail doesn't come in, or isn't believed elsewhere. */
    private static boolean isNeededForMail(ZoneRecord record) {
        return switch (record.type()) {
            case A, AAAA, MX -> true;
            case TXT -> record.name().contains("._domainkey.");
            case CNAME, CAA, SRV -> false;
        };
    }
}
