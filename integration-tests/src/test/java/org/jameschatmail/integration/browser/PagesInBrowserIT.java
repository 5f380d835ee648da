package org.jameschatmail.integration.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jameschatmail.integration.deltachat.DeltaChatAccount;
import org.jameschatmail.integration.deltachat.DeltaChatCore;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages as a visitor sees them, on a phone and on a desktop, by day and by night. The pictures stay in {@code
 * target/screenshots}.
 */
class PagesInBrowserIT {
    private static final String DOMAIN = "chat.localhost";
    private static final List<Screen> SCREENS =
            List.of(Screen.PHONE, Screen.PHONE.atNight(), Screen.DESKTOP, Screen.DESKTOP.atNight());
    private static final List<String> LANGUAGES = List.of("en", "de", "es", "fr", "ru", "fa", "zh");
    private static final Map<String, String> CONTACTS = Map.of(
            "privacy.mail", "operator@example.org",
            "privacy.postal", "Verein für freie Nachrichten, Donaudampfschifffahrtsstraße 12, 12345 Musterstadt",
            "privacy.supervisor", "https://www.data-protection-authority.example/complaints");

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(settings());

    private static Browser browser;

    private static ServerSettings settings() {
        ServerSettings settings = ServerSettings.forDomain(DOMAIN);
        for (Map.Entry<String, String> contact : CONTACTS.entrySet()) {
            settings = settings.set(contact.getKey(), contact.getValue());
        }
        return settings;
    }

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static String url(String path) {
        return "https://" + DOMAIN + ":" + SERVER.server().ports().https() + path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "es", "fr", "ru", "fa", "zh"})
    void indexShouldBeReadableAndScannable(String language) {
        boolean everywhere = language.equals("en") || language.equals("fa");
        for (Screen screen : everywhere ? SCREENS : List.of(Screen.PHONE, Screen.DESKTOP.atNight())) {
            browser.use(screen);
            browser.open(url("/?lang=" + language));

            assertGood(screen, "index", language);
            assertThat(Browser.scan(browser.wholePage())).isEqualTo(browser.attribute("a.button", "href"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "privacy", "status", "i/gone"})
    void pageShouldBeReadableInEveryLanguage(String page) {
        for (String language : LANGUAGES) {
            Screen screen = language.equals("en") ? Screen.DESKTOP.atNight() : Screen.PHONE;
            browser.use(screen);
            browser.open(url("/" + page + "?lang=" + language));
            if (page.startsWith("i/")) {
                // A page that says "gone" is a complaint for the browser.
                assertThat(browser.complaints()).allMatch(line -> line.contains("410"));
            }

            assertGood(screen, page.replace('/', '-'), language);
        }
    }

    private static void assertGood(Screen screen, String page, String language) {
        Browser.keep(page + "-" + language + "-" + screen.name(), browser.wholePage());
        assertThat(browser.faults())
                .as("%s in %s on %s", page, language, screen)
                .isEmpty();
        assertThat(browser.complaints()).as("complaints of the browser").isEmpty();
        assertThat(browser.attribute("html", "lang")).isEqualTo(language);
        assertThat(browser.attribute("html", "dir")).isEqualTo(language.equals("fa") ? "rtl" : "ltr");
    }

    @Test
    void languageShouldBeSwitchedByLinksWhenScriptsAreOff() {
        try (Browser careful = Browser.start()) {
            careful.disableScripts();
            careful.use(Screen.PHONE);
            careful.speak("ru;q=0.9, pt");
            careful.open(url("/"));
            assertThat(careful.attribute("html", "lang")).isEqualTo("ru");

            careful.click("nav.languages a[hreflang=de]");
            assertThat(careful.attribute("html", "lang")).isEqualTo("de");
            careful.click("footer nav a[href^='/privacy']");
            assertThat(careful.url()).isEqualTo(url("/privacy?lang=de"));
            assertThat(careful.text("h1")).isEqualTo("Datenschutz auf " + DOMAIN);
            assertThat(careful.text("main")).contains(List.copyOf(CONTACTS.values()));
            assertThat(careful.count("script")).isZero();
        }
    }

    @Test
    void newcomersShouldWriteToEachOtherWhenTheyScannedThePage() {
        browser.use(Screen.DESKTOP);
        try (DeltaChatCore first = DeltaChatCore.start();
                DeltaChatCore second = DeltaChatCore.start()) {
            DeltaChatAccount alice = onboarded(first);
            DeltaChatAccount bob = onboarded(second);
            assertThat(alice.address()).endsWith("@" + DOMAIN).isNotEqualTo(bob.address());

            int chat = bob.secureJoin(alice);
            bob.awaitDelivered(bob.send(chat, "from the page"));

            assertThat(alice.awaitIncoming("from the page").encrypted()).isTrue();
        }
    }

    /** What a person does: look at the page in the window, scan its code with the app. */
    private static DeltaChatAccount onboarded(DeltaChatCore core) {
        browser.open(url("/"));
        DeltaChatAccount account = core.addAccount();
        account.onboard(Browser.scan(browser.window()));
        return account;
    }
}
