package org.jameschatmail.integration.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The administrator's page in Chromium, over the real REST interface. */
class AdminPageIT {
    private static final String DOMAIN = "chat.localhost";
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain(DOMAIN));

    private static Browser browser;

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

    @BeforeEach
    void signIn() {
        browser.use(Screen.DESKTOP);
        browser.open("http://127.0.0.1:" + SERVER.server().ports().webAdmin() + "/");
        browser.awaitCount("#sign-in[hidden], #signed-in[hidden]", 1);
        if (browser.count("#signed-in[hidden]") == 1) {
            browser.type("#token", SERVER.server().adminToken());
            browser.click("#sign-in-form button");
        }
        browser.awaitText("#domain", DOMAIN);
        browser.awaitText("#queue-table", "Nothing waits");
    }

    private static JsonNode asked(String path) throws IOException {
        return JSON.readTree(new WebAdmin(SERVER.server()).send("GET", path).body());
    }

    @Test
    void pageShouldLetNobodyInWithAWrongToken() {
        browser.click("#sign-out");
        browser.type("#token", "a wrong token");
        browser.click("#sign-in-form button");
        browser.awaitText("#notice", "doesn't know this token");
        browser.awaitCount("#signed-in[hidden]", 1);
        // The browser tells of the 401 itself.
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("401"));
    }

    @Test
    void pageShouldBeReadableOnEveryScreen() {
        MailAccount.create(SERVER.server());
        for (Screen screen : List.of(Screen.PHONE, Screen.PHONE.atNight(), Screen.DESKTOP, Screen.DESKTOP.atNight())) {
            browser.use(screen);
            browser.open("http://127.0.0.1:" + SERVER.server().ports().webAdmin() + "/admin/");
            browser.awaitText("#queue-table", "Nothing waits");
            Browser.keep("admin-" + screen.name(), browser.wholePage());
            assertThat(browser.count("#plots figure")).isEqualTo(8);
            assertThat(browser.faults().stream().filter(fault -> !fault.contains("#") && !isInScroller(fault)))
                    .as(screen.name())
                    .isEmpty();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    /** Tables scroll sideways on a phone, within the page. */
    private static boolean isInScroller(String fault) {
        return fault.matches(
                "(sticks out|has more than fits): (div.scroll|table|thead|tbody|tr|th|td|div.row|button|span|a).*");
    }

    @Test
    void registrationShouldBeSwitched() throws Exception {
        browser.click("#mode button[data-mode=closed]");
        browser.awaitText("#mode button[aria-pressed=true]", "Nobody");
        assertThat(asked("/chatmail/registration").get("mode").asText()).isEqualTo("closed");
        browser.click("#mode button[data-mode=open]");
        browser.awaitText("#mode button[aria-pressed=true]", "Everybody");
        assertThat(asked("/chatmail/registration").get("mode").asText()).isEqualTo("open");
    }

    @Test
    void limitsShouldBeSetAndTakenBack() throws Exception {
        browser.type("#limits input[name=guardDisk]", "3GB");
        browser.click("#limits button");
        browser.awaitText("#switched", "guardDisk");
        JsonNode now = asked("/chatmail/registration");
        assertThat(now.get("guardDisk").asLong()).isEqualTo(3L << 30);
        assertThat(now.get("switched").toString()).contains("guardDisk").doesNotContain("guardMemory");

        browser.type("#limits input[name=guardDisk]", "much");
        browser.click("#limits button");
        browser.awaitText("#notice", "guardDisk is a size");

        browser.click("#limits-reset");
        browser.awaitText("#switched", "All is as configured");
    }

    @Test
    void invitationShouldBeMadeScannedAndWithdrawn() throws Exception {
        browser.type("#invite input[name=label]", "for the choir");
        browser.type("#invite input[name=uses]", "3");
        browser.click("#invite button");
        browser.awaitText("#tokens", "0 of 3");
        JsonNode made = asked("/chatmail/tokens").get("tokens").get(0);
        assertThat(made.get("label").asText()).isEqualTo("for the choir");

        browser.click("#tokens button");
        browser.awaitText("#dialog h2", "for the choir");
        assertThat(Browser.scan(browser.window())).isEqualTo(made.get("link").asText());
        browser.click("#dialog-actions button");

        browser.click("#tokens button.danger");
        browser.awaitText("#dialog", "for the choir");
        browser.click("#dialog button.danger");
        browser.awaitText("#tokens", "No invitations");
        assertThat(asked("/chatmail/tokens").get("tokens")).isEmpty();
    }

    @Test
    void accountShouldBeFoundBannedAndDeleted() throws Exception {
        MailAccount account = MailAccount.create(SERVER.server());
        browser.type("#search input", account.address().substring(0, 9));
        browser.click("#search button");
        String row = "#account-table tr[data-address='" + account.address() + "']";
        browser.awaitText(row, account.address());

        browser.click(row + " button");
        browser.awaitText(row, "banned");
        assertThat(asked("/chatmail/accounts/" + account.address())
                        .get("banned")
                        .asBoolean())
                .isTrue();
        browser.click(row + " button");
        browser.awaitText(row + " button", "Ban");

        browser.click(row + " button.danger");
        browser.awaitText("#dialog", account.address());
        browser.click("#dialog button.danger");
        browser.awaitText("#account-table", "No such account");
        assertThat(asked("/chatmail/accounts/" + account.address())
                        .get("statusCode")
                        .asInt())
                .isEqualTo(404);
    }

    @Test
    void expiryShouldBeTried() {
        browser.click("#expiry-count");
        browser.awaitText("#expiry-state", "Would go: 0 messages (0 B), 0 accounts.");
    }
}
