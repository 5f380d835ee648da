package org.jameschatmail.web.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A language that the pages speak, in the order in which the pages offer them. */
public enum Language {
    ENGLISH("en", "English"),
    GERMAN("de", "Deutsch"),
    SPANISH("es", "Español"),
    FRENCH("fr", "Français"),
    RUSSIAN("ru", "Русский"),
    PERSIAN("fa", "فارسی"),
    CHINESE("zh", "中文");

    private final String tag;
    private final String ownName;

    Language(String tag, String ownName) {
        this.tag = tag;
        this.ownName = ownName;
    }

    /** The primary subtag, {@code de}. */
    public String tag() {
        return tag;
    }

    /** What those who speak it call it. */
    public String ownName() {
        return ownName;
    }

    /** {@code rtl} where it is written from right to left, otherwise {@code ltr}. */
    public String direction() {
        return isRightToLeft() ? "rtl" : "ltr";
    }

    boolean isRightToLeft() {
        return this == PERSIAN;
    }

    /** The form that a word takes after a number. */
    enum Number {
        ONE,
        /** Where it differs from many: Russian has one form for 2, another for 5. */
        FEW,
        MANY
    }

    /** Which form follows {@code count}, at least 0. */
    Number numberOf(long count) {
        if (this != RUSSIAN) {
            return count == 1 ? Number.ONE : Number.MANY;
        }
        long last = count % 10;
        boolean teen = count % 100 / 10 == 1;
        if (teen || last == 0 || last > 4) {
            return Number.MANY;
        }
        return last == 1 ? Number.ONE : Number.FEW;
    }

    /** The language of a tag such as {@code de} or {@code de-AT}; regions and scripts aren't told apart. */
    public static Optional<Language> of(String tag) {
        String primary = tag.split("-", 2)[0].toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(language -> language.tag.equals(primary))
                .findFirst();
    }
}
