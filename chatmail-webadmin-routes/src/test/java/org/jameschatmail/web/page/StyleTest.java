package org.jameschatmail.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** @see <a href="https://www.w3.org/TR/WCAG21/#contrast-minimum">WCAG 2.1, 1.4.3 and 1.4.11</a> */
class StyleTest {
    private static final String CSS = PageResources.text("style.css");
    private static final Pattern COLOR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6});");
    private static final double TEXT = 4.5;
    private static final double SHAPE = 3;

    private static Map<String, Integer> colors(boolean dark) {
        int night = CSS.indexOf("@media (prefers-color-scheme: dark)");
        Map<String, Integer> colors = new HashMap<>();
        Matcher color = COLOR.matcher(dark ? CSS.substring(night) : CSS.substring(0, night));
        while (color.find()) {
            colors.put(color.group(1), Integer.parseInt(color.group(2), 16));
        }
        return colors;
    }

    @ParameterizedTest
    @CsvSource({
        "text, page",
        "text, card",
        "text, note",
        "soft, page",
        "soft, card",
        "key, page",
        "key, card",
        "on-key, key"
    })
    void textShouldBeReadableOnItsGround(String text, String ground) {
        for (boolean dark : new boolean[] {false, true}) {
            assertThat(contrast(colors(dark).get(text), colors(dark).get(ground)))
                    .as("%s on %s, dark: %s", text, ground, dark)
                    .isGreaterThanOrEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @CsvSource({"good, page", "key, note"})
    void shapeShouldBeSeenOnItsGround(String shape, String ground) {
        for (boolean dark : new boolean[] {false, true}) {
            assertThat(contrast(colors(dark).get(shape), colors(dark).get(ground)))
                    .as("%s on %s, dark: %s", shape, ground, dark)
                    .isGreaterThanOrEqualTo(SHAPE);
        }
    }

    @Test
    void bothSetsShouldHaveTheSameColors() {
        assertThat(colors(true).keySet()).isEqualTo(colors(false).keySet()).hasSize(9);
    }

    @Test
    void styleShouldLoadNothing() {
        assertThat(CSS).doesNotContain("url(", "@import", "@font-face");
    }

    private static double contrast(int one, int other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(int color) {
        return 0.2126 * channel(color >> 16) + 0.7152 * channel(color >> 8) + 0.0722 * channel(color);
    }

    private static double channel(int color) {
        double value = (color & 0xFF) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
