package org.jameschatmail.core.zone;

import java.util.List;
import java.util.stream.Collectors;
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

    private static String quoted(List<String> texts) {
        return texts.stream().map(ZoneJson::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    /** What others publish may hold anything. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < ' ' || character > '~') {
                quoted.append("\\u%04x".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
