package org.jameschatmail.core.zone;

import static org.jameschatmail.core.json.JsonText.quoted;

import java.util.List;
import org.jameschatmail.core.zone.ZoneCheck.Finding;
import org.jameschatmail.core.zone.ZoneCheck.State;

/**
 * A zone, or what came of its check, for programs: {@code records} with {@code name}, {@code type}, {@code value} and,
 * after a check, {@code state} and {@code published}; and {@code notes}.
 */
public final class ZoneJson {
    private ZoneJson() {}

    public static String of(Zone zone) {
        List<String> records = zone.records().stream()
                .map(record -> "{" + fields(record) + "}")
                .toList();
        return document(records, zone.notes());
    }

    public static String of(ZoneReport report) {
        List<String> records = report.findings().stream().map(ZoneJson::finding).toList();
        return document(records, report.notes());
    }

    private static String finding(Finding finding) {
        List<String> published =
                finding.state() instanceof State.Different different ? different.published() : List.of();
        return "{%s,\"state\":%s,\"published\":%s}"
                .formatted(fields(finding.record()), quoted(finding.state().word()), quoted(published));
    }

    private static String fields(ZoneRecord record) {
        return "\"name\":%s,\"type\":\"%s\",\"value\":%s"
                .formatted(quoted(record.name()), record.type(), quoted(record.value()));
    }

    private static String document(List<String> records, List<String> notes) {
        return "{\"records\":[\n%s\n],\"notes\":%s}\n".formatted(String.join(",\n", records), quoted(notes));
    }
}
