package org.jameschatmail.integration.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.PostedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Accounts that take mail which isn't encrypted, because the operator has said so in WebAdmin. */
class CleartextIT {
    private static final String PEER = "news@peer.example";
    private static final String REFUSED = "523 Encryption Needed: Invalid Unencrypted Mail";
    private static final String MAIL = """
            From: <news@peer.example>
            Subject: hello

            in clear""".replace("\n", "\r\n");

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("retention.addresses", "0s")
            .set("incoming.dkim", "off"));

    private MailAccount willing;
    private MailAccount other;

    private static ChatmailServer server() {
        return SERVER.server();
    }

    @BeforeEach
    void createAccounts() {
        willing = MailAccount.create(server());
        other = MailAccount.create(server());
    }

    private static HttpResponse<String> admin(String method, String account) {
        return new WebAdmin(server()).send(method, "/chatmail/accounts/" + account + "/cleartext");
    }

    private static void bring(MailAccount recipient, String reply) {
        try (SmtpDialogue smtp = connect()) {
            smtp.send(PEER, recipient.address(), MAIL, reply);
        }
    }

    private static SmtpDialogue connect() {
        return SmtpDialogue.startTls(server().ports().smtp()).play("""
                C: EHLO peer.example
                S? 250 .*
                """);
    }

    @Test
    void refusalsShouldBeCountedByTheirReason() {
        double before = refusals();

        bring(other, REFUSED);

        assertThat(refusals()).isEqualTo(before + 1);
    }

    private static double refusals() {
        String metrics = new WebAdmin(server()).send("GET", "/metrics").body();
        assertThat(metrics).doesNotContain("@");
        return metrics.lines()
                .filter(line -> line.startsWith("chatmail_refused_encryption_needed_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void cleartextShouldBeStoredFromTheConsentOnUntilItIsWithdrawn() {
        bring(willing, REFUSED);
        assertThat(admin("GET", willing.address()).body()).isEqualTo("{\"accepted\":false}");

        assertThat(admin("PUT", willing.address()).statusCode()).isEqualTo(204);
        HttpResponse<String> shown = admin("GET", willing.address());
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(shown.body()).isEqualTo("{\"accepted\":true}");
        bring(willing, "250");
        assertThat(willing.awaitMessage(1).body()).containsExactly("in clear");

        assertThat(admin("DELETE", willing.address()).statusCode()).isEqualTo(204);
        bring(willing, REFUSED);
        assertThat(willing.messageCount()).isEqualTo(1);
    }

    @Test
    void cleartextShouldBeRefusedWhenOneOfItsRecipientsDoesNotTakeIt() {
        admin("PUT", willing.address());
        playToBoth(REFUSED);
        assertThat(post().statusCode()).isEqualTo(400);
        assertThat(post().body()).isEqualTo(REFUSED + "\n");
        assertThat(willing.messageCount()).isZero();

        admin("PUT", other.address());
        playToBoth("250");
        assertThat(post().statusCode()).isEqualTo(200);
        willing.awaitMessage(2);
        other.awaitMessage(2);
    }

    private void playToBoth(String reply) {
        try (SmtpDialogue smtp = connect()) {
            smtp.with("willing", willing.address())
                    .with("other", other.address())
                    .with("mail", MAIL)
                    .with("reply", reply)
                    .play("""
                            C: MAIL FROM:<news@peer.example>
                            C: RCPT TO:<${willing}>
                            C: RCPT TO:<${other}>
                            C: DATA
                            S: 250
                            S: 250
                            S: 250
                            S: 354
                            C: ${mail}
                            C: .
                            S: ${reply}
                            """);
        }
    }

    private HttpResponse<String> post() {
        return PostedMail.from(PEER)
                .to(willing.address())
                .to(other.address())
                .post(server().ports().https(), MAIL);
    }

    @Test
    void submissionShouldStayEncryptedWhoeverTakesCleartext() {
        admin("PUT", willing.address());
        try (SmtpDialogue smtp = other.submission()) {
            smtp.send(other.address(), willing.address(), MAIL.replace(PEER, other.address()), REFUSED);
        }
    }

    @Test
    void consentShouldGoWithTheAccount() {
        admin("PUT", willing.address());
        assertThat(new WebAdmin(server())
                        .send("DELETE", "/users/" + willing.address())
                        .statusCode())
                .isEqualTo(204);
        assertThat(admin("GET", willing.address()).statusCode()).isEqualTo(404);

        willing.submission().close();
        assertThat(admin("GET", willing.address()).body()).isEqualTo("{\"accepted\":false}");
        bring(willing, REFUSED);
    }

    @Test
    void accountShouldBeNamedInAnyCase() {
        admin("PUT", willing.address().toUpperCase(Locale.ROOT));
        assertThat(admin("GET", willing.address()).body()).isEqualTo("{\"accepted\":true}");
    }

    @Test
    void requestShouldBeRefusedAsJamesDoesWhenThereIsNoSuchAccount() {
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            HttpResponse<String> unknown = admin(method, "nobody_01@chat.localhost");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("\"statusCode\":404", "\"type\":\"notFound\"");
            assertThat(admin(method, "nobody_01@third.example").statusCode()).isEqualTo(404);
            HttpResponse<String> malformed = admin(method, "a%40b%40chat.localhost");
            assertThat(malformed.statusCode()).isEqualTo(400);
            assertThat(malformed.body()).contains("\"type\":\"InvalidArgument\"");
        }
    }
}
