package org.jameschatmail.core.zone;

import java.util.StringJoiner;

/**
 * A DNS record, for example {@code ("chat.example", MX, "10 mx.chat.example")}. Immutable.
 *
 * @param name in full, without a dot at its end
 * @param value host names in full and without a dot at their end; the text of a TXT record in one, without quotes
 */
public record ZoneRecord(String name, RecordType type, String value) {
    private static final int LONGEST_STRING = 255;

    /**
     * The record as a line of a zone file, with absolute names; a long text is cut into strings of 255 octets.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-5.1">RFC 1035, section 5.1</a>
     */
    public String line() {
        String data = switch (type) {
            case TXT -> strings(value);
            case CNAME, MX, SRV -> value + ".";
            case A, AAAA, CAA -> value;
        };
        return "%s. 3600 IN %s %s".formatted(name, type, data);
    }

    private static String strings(String text) {
        StringJoiner strings = new StringJoiner(" ");
        for (int from = 0; from < text.length() || from == 0; from += LONGEST_STRING) {
            String part = text.substring(from, Math.min(text.length(), from + LONGEST_STRING));
            strings.add('"' + part.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return strings.toString();
    }
}
