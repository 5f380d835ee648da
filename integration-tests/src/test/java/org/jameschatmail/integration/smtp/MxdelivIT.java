package org.jameschatmail.integration.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.account.MailAccount.StoredMessage;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.PostedMail;
import org.jameschatmail.protocols.dkim.NameServer;
import org.jameschatmail.protocols.dkim.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

/** Mail from other servers by {@code POST /mxdeliv}: the rules of port 25, and the answers in HTTP. */
class MxdelivIT {
    private static final int SIZE_MAX = 20_000;
    private static final String PEER = "ac1_peer1@peer.example";
    private static final Signer SIGNER = Signer.rsa(2048, "peer.example", "mail");
    private static final NameServer DNS = startNameServer();

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("dns.server", DNS.address().toString())
            .set("message.size.max", String.valueOf(SIZE_MAX))
            .set("message.recipients.max", "3"));

    private MailAccount recipient;

    private static NameServer startNameServer() {
        try {
            return NameServer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void publishKey() {
        DNS.txt(SIGNER.keyName(), 3600, SIGNER.strings());
    }

    @AfterAll
    static void stopNameServer() throws IOException {
        DNS.close();
    }

    @BeforeEach
    void createRecipient() {
        recipient = MailAccount.create(SERVER.server());
    }

    private static int port() {
        return SERVER.server().ports().https();
    }

    private static String signed(EncryptedMail mail) {
        return SIGNER.sign(mail.text() + "\r\n");
    }

    private HttpResponse<String> post(String body) {
        return PostedMail.from(PEER).to(recipient.address()).post(port(), body);
    }

    private static void assertRefused(HttpResponse<String> response, String reply) {
        assertThat(response.body()).startsWith(reply);
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void messageShouldBeStoredWithoutTraceOfItsWayWhenItIsSigned() {
        EncryptedMail mail = EncryptedMail.from(PEER).withHeader("""
                Received: from phone.example by peer.example
                Authentication-Results: peer.example; dkim=pass
                """);
        HttpResponse<String> response = post(signed(mail));

        assertThat(response.body()).isEqualTo("250 2.6.0 Message received\n");
        assertThat(response.statusCode()).isEqualTo(200);
        // There before the answer, so nobody has to wait for it.
        assertThat(recipient.messageCount()).isEqualTo(1);
        StoredMessage stored = recipient.awaitMessage(1);
        assertThat(stored.header())
                .contains("Return-Path: <" + PEER + ">", "Message-ID: <" + mail.messageId() + ">")
                .noneMatch(line -> line.matches("(?i)(Received|DKIM-Signature|Authentication-Results):.*"));
        assertThat(stored.body()).isEqualTo(mail.body());
        assertThat(stored.text()).doesNotContain("127.0.0.1");
    }

    @Test
    void messageShouldBeStoredForEachRecipientWhenThereAreSeveral() {
        MailAccount second = MailAccount.create(SERVER.server());
        HttpResponse<String> response = PostedMail.from(PEER)
                .to(recipient.address())
                .to(second.address().toUpperCase(Locale.ROOT))
                .to(recipient.address())
                .postInChunks(port(), signed(EncryptedMail.from(PEER)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(recipient.messageCount()).isEqualTo(1);
        assertThat(second.messageCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"true, .#", "true, ''", "true, .", "false, .#", "false, ''"})
    void dotsShouldBeThoseOfTheMessageWhetherItIsStuffedOrNot(boolean stuffed, String end) {
        String original = signed(new EncryptedMail(
                "",
                EncryptedMail.from(PEER).text()
                        + (stuffed ? "\r\n.\r\n..\r\n...\r\n.one\r\n..two\r\nend" : "\r\n.\r\n.one\r\n.\r\n.\r\nend")));
        String body = stuffed ? original.replaceAll("(?m)^\\.", "..") : original;
        assertThat(post(body + end.replace("#", "\r\n")).statusCode()).isEqualTo(200);

        assertThat(recipient.awaitMessage(1).text())
                .endsWith(stuffed ? "\n.\n..\n...\n.one\n..two\nend" : "\n.\n.one\n.\n.\nend");
    }

    @Test
    void bounceShouldBeStoredWhenNobodyIsItsSender() {
        String bounce = SIGNER.sign("""
                From: <mailer-daemon@peer.example>
                Auto-Submitted: auto-replied
                Content-Type: multipart/report; boundary="dsn"

                --dsn
                Content-Type: text/plain

                Your message could not be delivered.

                --dsn--
                """.replace("\n", "\r\n"));
        HttpResponse<String> response =
                PostedMail.fromNobody().to(recipient.address()).post(port(), bounce);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(recipient.awaitMessage(1).header()).contains("Return-Path: <>");
    }

    @Test
    void envelopeSenderShouldBeNulledWhenFromIsAnother() {
        HttpResponse<String> response = PostedMail.from("other@peer.example")
                .to(recipient.address())
                .post(port(), signed(EncryptedMail.from(PEER)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(recipient.awaitMessage(1).header()).contains("Return-Path: <>", "From: <" + PEER + ">");
    }

    @Test
    void messageShouldBeRefusedWhenItsSenderIsSpoofed() {
        String victim = "ac1_victim@victim.example";
        EncryptedMail spoofed = EncryptedMail.from(victim);
        PostedMail posted = PostedMail.from(victim).to(recipient.address());

        assertRefused(posted.post(port(), spoofed.text()), "554 5.7.1 No DKIM signature found");
        assertRefused(posted.post(port(), signed(spoofed)), "554 5.7.1 No valid DKIM signature found");
        assertRefused(
                posted.post(port(), signed(EncryptedMail.from(PEER)).replace("From: <" + PEER, "From: <" + victim)),
                "554 5.7.1 No valid DKIM signature found");
        assertRefused(
                posted.post(port(), "From: <" + victim + ">\r\n" + signed(EncryptedMail.from(PEER))),
                "500 Invalid FROM");
        assertRefused(
                post(signed(EncryptedMail.from("ac1_spoof@chat.localhost"))),
                "554 5.7.1 No valid DKIM signature found");
        assertThat(recipient.messageCount()).isZero();
    }

    @Test
    void addressLiteralShouldNeedNoSignatureWhenTheConnectionComesFromThere() {
        PostedMail posted = PostedMail.from("a@[127.0.0.1]").to(recipient.address());

        assertThat(posted.post(port(), EncryptedMail.from("a@[127.0.0.1]").text())
                        .statusCode())
                .isEqualTo(200);
        assertRefused(
                posted.post(port(), EncryptedMail.from("a@[192.0.2.1]").text()),
                "554 5.7.1 From domain is not the address");
    }

    @Test
    void messageShouldBePutOffWhenTheNameServerFails() {
        Signer troubled = Signer.rsa(2048, "troubled.example", "mail");
        DNS.rcode(troubled.keyName(), Rcode.SERVFAIL);

        assertRefused(
                post(troubled.sign(EncryptedMail.from("a@troubled.example").text())),
                "451 4.4.3 DKIM key is not available now");
    }

    @Test
    void messageShouldBeRefusedByTheGate() {
        String mail = EncryptedMail.from(PEER).text();

        assertRefused(
                post(SIGNER.sign("From: <" + PEER + ">\r\n\r\nin clear\r\n")),
                "523 Encryption Needed: Invalid Unencrypted Mail");
        assertRefused(post(mail + "\n.\r\n"), "500 Bare CR or LF in message");
        assertRefused(post(mail.replace("\r\n", "\n")), "500 Bare CR or LF in message");
        assertRefused(post("no field\r\n" + mail), "500 Malformed message");
        assertRefused(post("Content-Type: text/plain\r\n" + mail), "500 More than one Content-Type");
        assertRefused(post(""), "500 Invalid FROM <> for <" + PEER + ">");
        assertRefused(post("\u0000\u00ff".repeat(1000)), "500 ");
        assertThat(recipient.messageCount()).isZero();
    }

    @Test
    void messageShouldBeRefusedWhenItIsTooLarge() {
        String large = EncryptedMail.from(PEER).text() + ("\r\n" + "x".repeat(76)).repeat(SIZE_MAX / 78);
        PostedMail posted = PostedMail.from(PEER).to(recipient.address());
        for (HttpResponse<String> response : List.of(
                posted.post(port(), large),
                posted.postInChunks(port(), large),
                posted.post(port(), large.repeat(10)),
                posted.postInChunks(port(), large.repeat(2)))) {
            assertThat(response.body()).isEqualTo("552 Message exceeds maximum size\n");
            assertThat(response.statusCode()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nobody_01@chat.localhost, 550 5.1.1 Unknown recipient",
        "b@third.example, 550 5.7.1 Relaying denied",
        "b%third.example@chat.localhost, 550 5.1.1",
        "'\"b@third.example\"@chat.localhost', 553 5.1.3",
        "b@third.example@chat.localhost, 553 5.1.3",
        "nobody, 5",
        "'<>', 5"
    })
    void nobodyShouldGetTheMessageWhenOneRecipientIsRefused(String refused, String reply) {
        HttpResponse<String> response = PostedMail.from(PEER)
                .to(recipient.address())
                .to(refused)
                .post(port(), signed(EncryptedMail.from(PEER)));

        assertRefused(response, reply);
        assertThat(recipient.messageCount()).isZero();
    }

    @Test
    void messageShouldBeRefusedWhenItHasNoRecipientOrTooMany() {
        String mail = signed(EncryptedMail.from(PEER));
        assertRefused(PostedMail.from(PEER).post(port(), mail), "503 5.5.1 No recipients specified");

        PostedMail three = PostedMail.from(PEER)
                .to(recipient.address())
                .to(recipient.address())
                .to(recipient.address());
        assertRefused(three.to(recipient.address()).post(port(), mail), "452 4.5.3 Too many recipients");
        assertThat(three.post(port(), mail).statusCode()).isEqualTo(200);
        assertThat(recipient.messageCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a b@peer.example", "<a@peer.example", "a@peer@example"})
    void messageShouldBeRefusedWhenItsSenderIsMalformed(String sender) {
        HttpResponse<String> response =
                PostedMail.from(sender).to(recipient.address()).post(port(), signed(EncryptedMail.from(PEER)));

        assertRefused(response, "501 5.1.7 Malformed sender address");
    }

    @Test
    void requestShouldBeRefusedWhenItsHeaderIsHuge() {
        PostedMail posted = PostedMail.from(PEER).to(recipient.address());
        for (int i = 0; i < 500; i++) {
            posted = posted.to(recipient.address());
        }
        assertThat(posted.post(port(), signed(EncryptedMail.from(PEER))).statusCode())
                .isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE"})
    void otherMethodsShouldBeRefused(String method) {
        HttpResponse<String> response =
                PostedMail.from(PEER).to(recipient.address()).send(port(), method);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("OPTIONS, POST");
    }

    @Test
    void nothingShouldBeDeliveredWhenTheBodyEndsEarly() {
        String mail = signed(EncryptedMail.from(PEER));
        PostedMail.from(PEER).to(recipient.address()).breakOff(port(), mail);

        assertThat(post(mail).statusCode()).isEqualTo(200);
        assertThat(recipient.messageCount()).isEqualTo(1);
    }

    @Test
    void messagesShouldAllArriveWhenManyArePostedAtOnce() {
        long delivered = IntStream.range(0, 60)
                .parallel()
                .map(message -> post(signed(EncryptedMail.from(PEER))).statusCode())
                .filter(status -> status == 200)
                .count();

        assertThat(delivered).isEqualTo(60);
        assertThat(recipient.messageCount()).isEqualTo(60);
    }
}
