package org.jameschatmail.core.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type.
 *
 * @param mediaType type and subtype in lower case, for example {@code multipart/encrypted}
 * @param parameters values by lower-case name, quotes removed
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2045#section-5.1">RFC 2045, section 5.1</a>
 */
public record ContentType(String mediaType, Map<String, String> parameters) {
    static final ContentType TEXT_PLAIN = new ContentType("text/plain", Map.of());

    private static final String TSPECIALS = "()<>@,;:\\\"/[]?=";
    /** What ends a value without quotes. Programs forget the quotes around slashes, colons and equals signs. */
    private static final String VALUE_ENDS = "()<>@,;\\\"";

    public ContentType {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads an unfolded field value. Nothing when it is malformed or names a parameter twice, for then readers choose
     * differently.
     */
    public static Optional<ContentType> parse(String value) {
        return new Reader(value).read();
    }

    boolean isMultipart() {
        return mediaType.startsWith("multipart/");
    }

    /** The boundary, if it is one that every reader understands: 1 to 70 printable characters, no RFC 2231 form. */
    Optional<String> boundary() {
        boolean extended = parameters.keySet().stream().anyMatch(name -> name.startsWith("boundary*"));
        String boundary = parameters.getOrDefault("boundary", "");
        boolean usable = !boundary.isEmpty()
                && boundary.length() <= 70
                && !boundary.endsWith(" ")
                && boundary.chars().allMatch(c -> c >= ' ' && c <= '~');
        return usable && !extended ? Optional.of(boundary) : Optional.empty();
    }

    private static final class Reader {
        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        Optional<ContentType> read() {
            String type = token(TSPECIALS);
            boolean slash = skip('/');
            String subtype = token(TSPECIALS);
            if (type.isEmpty() || !slash || subtype.isEmpty()) {
                return Optional.empty();
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            while (skip(';')) {
                String name = token(TSPECIALS).toLowerCase(Locale.ROOT);
                if (name.isEmpty() && (atEnd() || isNext(';'))) {
                    continue;
                }
                boolean equals = skip('=');
                Optional<String> value = isNext('"') ? quotedString() : Optional.of(token(VALUE_ENDS));
                if (name.isEmpty() || !equals || value.isEmpty() || parameters.put(name, value.get()) != null) {
                    return Optional.empty();
                }
            }
            String mediaType = (type + "/" + subtype).toLowerCase(Locale.ROOT);
            return atEnd() ? Optional.of(new ContentType(mediaType, parameters)) : Optional.empty();
        }

        private String token(String ends) {
            skipBlanks();
            int start = position;
            while (position < text.length()) {
                char c = text.charAt(position);
                if (c <= ' ' || c > '~' || ends.indexOf(c) >= 0) {
                    break;
                }
                position++;
            }
            return text.substring(start, position);
        }

        private Optional<String> quotedString() {
            StringBuilder value = new StringBuilder();
            while (++position < text.length()) {
                char c = text.charAt(position);
                if (c == '"') {
                    position++;
                    return Optional.of(value.toString());
                }
                if (c == '\\' && ++position < text.length()) {
                    c = text.charAt(position);
                }
                value.append(c);
            }
            return Optional.empty();
        }

        private boolean isNext(char c) {
            skipBlanks();
            return position < text.length() && text.charAt(position) == c;
        }

        private boolean skip(char c) {
            if (!isNext(c)) {
                return false;
            }
            position++;
            return true;
        }

        private boolean atEnd() {
            skipBlanks();
            return position == text.length();
        }

        private void skipBlanks() {
            while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
                position++;
            }
        }
    }
}
