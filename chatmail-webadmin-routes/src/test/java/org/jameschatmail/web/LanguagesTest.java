package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jameschatmail.web.TestSite.Reply;
import org.jameschatmail.web.page.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {
    private static TestSite site;

    @BeforeAll
    static void start() throws IOException {
        site = TestSite.trusted();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyPageShouldBeInLanguageWhenBrowserAsksForIt(Language language) throws IOException {
        for (String path : new String[] {"/", "/info", "/privacy", "/status", "/i/" + TestSite.INVITATION, "/i/no"}) {
            Reply reply = get(path, "Accept-Language: " + language.tag() + "-XX, en;q=0.3");

            assertThat(reply.header("content-language")).isEqualTo(language.tag());
            assertThat(reply.header("vary")).isEqualTo("Accept-Language");
            assertThat(reply.body())
                    .contains("<html lang=\"%s\" dir=\"%s\">".formatted(language.tag(), language.direction()))
                    .contains("href=\"/info\"", "href=\"" + path + "?lang=fa\" lang=\"fa\"");
        }
    }

    @Test
    void choiceShouldGoOnWithLinksWhenMade() throws IOException {
        Reply reply = get("/info?x=1&lang=de&y=2", "Accept-Language: fr");

        assertThat(reply.body())
                .contains("<html lang=\"de\"", "href=\"/privacy?lang=de\"", "href=\"/info?lang=zh\"")
                .contains("hreflang=\"de\" dir=\"ltr\" aria-current=\"true\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?lang=", "/?lang=xx", "/?lang=%64e", "/?lang=de%22", "/?xlang=de", "/?lang=ger"})
    void pageShouldBeInBrowsersLanguageWhenChoiceIsNone(String path) throws IOException {
        assertThat(get(path, "Accept-Language: ru").body()).contains("<html lang=\"ru\"", "href=\"/info\"");
    }

    @Test
    void pageShouldBeEnglishWhenNothingIsAsked() throws IOException {
        assertThat(site.get("/").body()).contains("<html lang=\"en\" dir=\"ltr\">");
    }

    @Test
    void missingPageShouldSpeakToPeopleInTheirLanguage() throws IOException {
        Reply reply = get("/no/such", "Accept-Language: fa\r\nAccept: text/html,*/*;q=0.8");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.body())
                .contains("<html lang=\"fa\" dir=\"rtl\">", "href=\"/?lang=de\"")
                .doesNotContain("/no/such");
        assertThat(site.get("/no/such").body()).isEqualTo("Not found\n");
    }

    private static Reply get(String path, String headers) throws IOException {
        return site.secure("GET " + path + " HTTP/1.1\r\nHost: " + TestSite.DOMAIN + "\r\n" + headers
                + "\r\nConnection: close\r\n\r\n");
    }
}
