package org.jameschatmail.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedLanguagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de | GERMAN",
                "DE-at | GERMAN",
                "zh-Hant-TW,en;q=0.5 | CHINESE",
                "en;q=0.5, fr;q=0.9 | FRENCH",
                "fr;q=0.5, es;q=0.5 | FRENCH",
                "pt, it;q=0.9, ru;q=0.1 | RUSSIAN",
                "fr;q=0, fa;q=0.001 | PERSIAN",
                "de ; q=1.000 , en | GERMAN",
                "en;q=1.5, es;q=0.2 | SPANISH",
                "*;q=1, es;q=0.2 | SPANISH",
            })
    void bestShouldBeOfHighestQualityWhenWeSpeakIt(String header, Language expected) {
        assertThat(AcceptedLanguages.best(header)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "pt-BR", "de;q=0", "de;q=2", "de;x=1", "d e", "german", ";q=1", ",,,", "de;q=0.1234"})
    void bestShouldBeEmptyWhenWeSpeakNone(String header) {
        assertThat(AcceptedLanguages.best(header)).isEmpty();
    }

    @Test
    void bestShouldForgetWhatComesTooLate() {
        assertThat(AcceptedLanguages.best("pt,".repeat(29) + "de")).contains(Language.GERMAN);
        assertThat(AcceptedLanguages.best("pt,".repeat(30) + "de")).isEmpty();
        assertThat(AcceptedLanguages.best(" ".repeat(1_000) + "de")).isEmpty();
    }

    @Test
    void bestShouldEndWhenHeaderIsRubbish() {
        Random random = new Random(7);
        String alphabet = "aA-;,q=.01 *\t\u00ff";
        for (int run = 0; run < 10_000; run++) {
            StringBuilder header = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Optional<Language> none = AcceptedLanguages.best(header.toString());
            assertThat(none).as(header.toString()).isEmpty();
        }
    }
}
