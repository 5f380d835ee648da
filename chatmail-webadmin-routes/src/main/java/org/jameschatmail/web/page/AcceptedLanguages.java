package org.jameschatmail.web.page;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code Accept-Language}: of the languages we speak, the one of the highest quality, the first of several. A
 * range that is malformed or has quality 0 counts for nothing, as does what follows the first thirty. Stateless.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4">RFC 9110, section 12.5.4</a>
 */
final class AcceptedLanguages {
    private static final int MOST_RANGES = 30;
    private static final int LONGEST_HEADER = 1_000;
    private static final Pattern RANGE = Pattern.compile(
            "\\s*+([A-Za-z]{1,8}+(?:-[A-Za-z0-9]{1,8}+)*+)\\s*+(?:;\\s*+[qQ]=(0(?:\\.[0-9]{0,3}+)?|1(?:\\.0{0,3}+)?)\\s*+)?");

    private AcceptedLanguages() {}

    /** Empty where we speak none of them; {@code *} is none. */
    static Optional<Language> best(String header) {
        Optional<Language> best = Optional.empty();
        double bestQuality = 0;
        String bounded = header.substring(0, Math.min(header.length(), LONGEST_HEADER));
        String[] ranges = bounded.split(",", MOST_RANGES + 1);
        for (int i = 0; i < Math.min(ranges.length, MOST_RANGES); i++) {
            Matcher range = RANGE.matcher(ranges[i]);
            if (range.matches()) {
                double quality = range.group(2) == null ? 1 : Double.parseDouble(range.group(2));
                Optional<Language> language = Language.of(range.group(1));
                if (language.isPresent() && quality > bestQuality) {
                    best = language;
                    bestQuality = quality;
                }
            }
        }
        return best;
    }
}
