package org.jameschatmail.protocols.dkim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list such as {@code v=1; d=example.org;}, as it stands in signatures and key records.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6376#section-3.2">RFC 6376, section 3.2</a>
 * @param tags by name, which has a case; values are without the blanks and folds around them
 */
record TagList(Map<String, String> tags) {
    /** Far more than there are to say; beyond, somebody plays with us. */
    static final int MAX_TAGS = 64;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");

    TagList {
        tags = Map.copyOf(tags);
    }

    /** Empty when a tag has no name or no {@code =}, or comes twice, or there are above {@value #MAX_TAGS}. */
    static Optional<TagList> parse(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int start = 0; start < text.length(); ) {
            int end = endOfTag(text, start);
            String tag = strip(text.substring(start, end));
            int equals = tag.indexOf('=');
            if (equals >= 0) {
                String name = strip(tag.substring(0, equals));
                boolean fresh = tags.put(name, strip(tag.substring(equals + 1))) == null;
                if (!fresh || tags.size() > MAX_TAGS || !NAME.matcher(name).matches()) {
                    return Optional.empty();
                }
            } else if (!tag.isEmpty() || end < text.length()) {
                return Optional.empty();
            }
            start = end + 1;
        }
        return Optional.of(new TagList(tags));
    }

    /** The text with the value of one tag cut out, blanks included; the same text when it has no such tag. */
    static String withoutValue(String text, String name) {
        for (int start = 0; start < text.length(); ) {
            int end = endOfTag(text, start);
            int equals = text.indexOf('=', start);
            if (equals >= 0
                    && equals < end
                    && strip(text.substring(start, equals)).equals(name)) {
                return text.substring(0, equals + 1) + text.substring(end);
            }
            start = end + 1;
        }
        return text;
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    /** The value without any blanks and folds in it, as base64 may have. */
    Optional<String> compact(String name) {
        return get(name).map(value -> BLANKS.matcher(value).replaceAll(""));
    }

    /** The parts of a value between its colons, in lower case. */
    static List<String> words(String value) {
        return Arrays.stream(value.toLowerCase(Locale.ROOT).split(":", -1))
                .map(TagList::strip)
                .toList();
    }

    private static int endOfTag(String text, int start) {
        int semicolon = text.indexOf(';', start);
        return semicolon < 0 ? text.length() : semicolon;
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }
}
