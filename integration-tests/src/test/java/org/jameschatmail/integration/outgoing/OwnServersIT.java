package org.jameschatmail.integration.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.integration.outgoing.OutgoingServers.send;

import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code /mxdeliv} with both ends our own: the client of one server at port 443 of the other. */
class OwnServersIT {
    private static final String BY_HTTPS = "chatmail_outgoing_https_total";
    private static final String BY_SMTP = "chatmail_outgoing_smtp_total";
    private static final String UNKNOWN = "chatmail_refused_unknown_recipient_total";

    @RegisterExtension
    static final OutgoingServers SERVERS = new OutgoingServers(PeerCertificate.of("nobody.test"));

    @Test
    void messageShouldReachTheMailboxByHttpsAlone() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        MailAccount bob = MailAccount.create(SERVERS.there());
        double byHttps = metric(SERVERS.here(), BY_HTTPS);
        double bySmtp = metric(SERVERS.here(), BY_SMTP);

        EncryptedMail mail = send(alice, bob.address());

        MailAccount.StoredMessage stored = bob.awaitMessage(1);
        assertThat(stored.header())
                .contains("Return-Path: <" + alice.address() + ">", "Message-ID: <" + mail.messageId() + ">")
                .noneMatch(line -> line.startsWith("Received") || line.startsWith("DKIM"));
        assertThat(stored.body()).isEqualTo(mail.body());
        SERVERS.await(() -> metric(SERVERS.here(), BY_HTTPS) == byHttps + 1);
        assertThat(metric(SERVERS.here(), BY_SMTP)).isEqualTo(bySmtp);
        assertThat(SERVERS.dns().questions("dkim._domainkey.here.test"))
                .as("the receiver looks the key up")
                .isPositive();
    }

    @Test
    void senderShouldHearOfAnUnknownRecipientThatBothDoorsRefuse() {
        MailAccount alice = MailAccount.create(SERVERS.here());
        String nobody = MailAccount.unused(SERVERS.there()).address();
        double refused = metric(SERVERS.there(), UNKNOWN);

        EncryptedMail mail = send(alice, nobody);

        assertThat(alice.awaitMessage(1).text())
                .contains("Final-Recipient: rfc822; " + nobody, "Action: failed", "Remote-MTA: dns; mx.there.test")
                .contains("Diagnostic-Code: smtp; 550 5.1.1")
                .contains("Message-ID: <" + mail.messageId() + ">");
        assertThat(metric(SERVERS.there(), UNKNOWN)).as("once by each door").isEqualTo(refused + 2);
    }

    @Test
    void messageShouldBeRefusedByBothDoorsWhenItsKeyIsNotPublished() {
        try (ChatmailServer unpublished = ChatmailServer.start(SERVERS.settings("unpublished.test"))) {
            MailAccount alice = MailAccount.create(unpublished);
            MailAccount bob = MailAccount.create(SERVERS.there());

            send(alice, bob.address());

            assertThat(alice.awaitMessage(1).text())
                    .contains("Diagnostic-Code: smtp; 554 5.7.1 No valid DKIM signature found");
            assertThat(bob.messageCount()).isZero();
        }
    }

    private static double metric(ChatmailServer server, String name) {
        return new WebAdmin(server)
                .send("GET", "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }
}
