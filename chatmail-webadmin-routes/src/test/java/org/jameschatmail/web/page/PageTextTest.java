package org.jameschatmail.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PageTextTest {
    private static final Pattern PLACE = Pattern.compile("%.");

    /** Each key with the places for values in its text. */
    private static Map<String, List<String>> places(Language language) throws IOException {
        Map<String, List<String>> places = new TreeMap<>();
        texts(language)
                .forEach((key, text) -> places.put(
                        (String) key,
                        PLACE.matcher((String) text)
                                .results()
                                .map(MatchResult::group)
                                .toList()));
        return places;
    }

    private static Properties texts(Language language) throws IOException {
        Properties texts = new Properties();
        texts.load(new StringReader(PageResources.text("text." + language.tag() + ".properties")));
        return texts;
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void textsShouldHaveTheKeysAndPlacesOfEnglish(Language language) throws IOException {
        assertThat(places(language)).isEqualTo(places(Language.ENGLISH));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void textsShouldBeWrittenOutInEachLanguage(Language language) throws IOException {
        Properties english = texts(Language.ENGLISH);
        Properties texts = texts(language);

        assertThat(texts.values()).noneMatch(text -> ((String) text).isBlank());
        long same = texts.stringPropertyNames().stream()
                .filter(key -> key.startsWith("index.") || key.startsWith("privacy."))
                .filter(key -> texts.getProperty(key).equals(english.getProperty(key)))
                .count();
        assertThat(same).isEqualTo(language == Language.ENGLISH ? same : 0);
    }

    @Test
    void ofShouldKeepValuesApartWhenTextRunsFromTheRight() {
        assertThat(PageText.in(Language.PERSIAN).of("privacy.title", "chat.example"))
                .contains("\u2068chat.example\u2069");
        assertThat(PageText.in(Language.ENGLISH).of("privacy.title", "chat.example"))
                .isEqualTo("Privacy on chat.example");
    }

    @Test
    void ofShouldFailWhenThereIsNoSuchText() {
        assertThatThrownBy(() -> PageText.in(Language.ENGLISH).of("no.such"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no.such");
    }

    @Test
    void durationShouldKnowOneFromMany() {
        PageText english = PageText.in(Language.ENGLISH);

        assertThat(english.duration(Duration.ofDays(1))).isEqualTo("1 day");
        assertThat(english.duration(Duration.ofDays(20))).isEqualTo("20 days");
        assertThat(english.duration(Duration.ofHours(1))).isEqualTo("1 hour");
        assertThat(english.duration(Duration.ofHours(23))).isEqualTo("23 hours");
    }

    @ParameterizedTest
    @CsvSource({"1, день", "2, дня", "4, дня", "5, дней", "11, дней", "12, дней", "20, дней", "21, день", "114, дней"})
    void durationShouldDeclineWhenLanguageIsRussian(long days, String word) {
        assertThat(PageText.in(Language.RUSSIAN).duration(Duration.ofDays(days)))
                .isEqualTo(days + " " + word);
    }

    @Test
    void bytesShouldBeRoundWhereTheyCan() {
        assertThat(PageText.in(Language.ENGLISH).bytes(31_457_280)).isEqualTo("30 MiB");
        assertThat(PageText.in(Language.FRENCH).bytes(500_000_000)).isEqualTo("500 Mo");
    }
}
