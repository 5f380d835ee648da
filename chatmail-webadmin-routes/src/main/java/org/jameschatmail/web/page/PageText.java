package org.jameschatmail.web.page;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The sentences of the pages in one language, from {@code text.TAG.properties}. What they give is plain text, which
 * templates escape. Immutable.
 */
public final class PageText {
    private static final long MEBIBYTE = 1_048_576;
    private static final long MEGABYTE = 1_000_000;
    private static final String ISOLATE = "\u2068";
    private static final String END_OF_ISOLATE = "\u2069";

    private final Language language;
    private final Properties texts;

    private PageText(Language language, Properties texts) {
        this.language = language;
        this.texts = texts;
    }

    /** All languages. */
    static Map<Language, PageText> all() {
        Map<Language, PageText> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            all.put(language, in(language));
        }
        return all;
    }

    static PageText in(Language language) {
        Properties texts = new Properties();
        try {
            texts.load(new StringReader(PageResources.text("text." + language.tag() + ".properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PageText(language, texts);
    }

    public Language language() {
        return language;
    }

    /**
     * The text with {@code values} filled in. Among text from right to left, values keep their own direction.
     *
     * @throws IllegalArgumentException for a key without a text
     */
    public String of(String key, Object... values) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text for " + key);
        }
        Object[] shown = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            shown[i] = language.isRightToLeft() ? ISOLATE + values[i] + END_OF_ISOLATE : values[i];
        }
        return text.formatted(shown);
    }

    /** Whole days, or hours below one day. */
    public String duration(Duration duration) {
        return duration.toDays() > 0
                ? counted("unit.day", duration.toDays())
                : counted("unit.hour", duration.toHours());
    }

    /** Whole MiB where the number is round in them, otherwise MB rounded down. */
    public String bytes(long bytes) {
        return bytes % MEBIBYTE == 0 ? of("unit.mebibytes", bytes / MEBIBYTE) : of("unit.megabytes", bytes / MEGABYTE);
    }

    private String counted(String unit, long count) {
        return of(unit + "." + language.numberOf(count).name().toLowerCase(Locale.ROOT), count);
    }
}
