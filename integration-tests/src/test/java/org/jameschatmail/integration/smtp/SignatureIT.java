package org.jameschatmail.integration.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.jameschatmail.protocols.dkim.NameServer;
import org.jameschatmail.protocols.dkim.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.Rcode;

/** The signature of mail from other servers on port 25, whose keys come from a name server of the test's own. */
class SignatureIT {
    private static final String NO_VALID_SIGNATURE = "554 5.7.1 No valid DKIM signature found";
    private static final String NO_KEY_NOW = "451 4.4.3 DKIM key is not available now";

    private static final NameServer DNS = startNameServer();

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("dns.server", DNS.address().toString()));

    private MailAccount recipient;

    private static NameServer startNameServer() {
        try {
            return NameServer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stopNameServer() throws IOException {
        DNS.close();
    }

    @BeforeEach
    void createRecipient() {
        recipient = MailAccount.create(SERVER.server());
    }

    private static Signer signer(String domain) {
        return Signer.rsa(2048, domain, "mail");
    }

    private static void publish(Signer signer) {
        DNS.txt(signer.keyName(), 3600, signer.strings());
    }

    private static String mail(String domain) {
        return EncryptedMail.from("a@" + domain).text();
    }

    private void bring(String mail, String reply) {
        try (SmtpDialogue smtp = SmtpDialogue.startTls(SERVER.server().ports().smtp())) {
            smtp.play("""
                            C: EHLO peer.example
                            S? 250 .*
                            """).send("bounces@peer.example", recipient.address(), mail, reply);
        }
    }

    @Test
    void messageShouldBeStoredWhenItsSignatureIsValid() {
        Signer signer = signer("valid.example");
        publish(signer);
        bring(signer.sign(mail("valid.example")), "250");

        assertThat(recipient.awaitMessage(1).header())
                .contains("From: <a@valid.example>")
                .noneMatch(line -> line.startsWith("DKIM-Signature"));
        assertThat(DNS.questions(signer.keyName())).isPositive();
    }

    @Test
    void messageShouldBeRefusedWhenItWasChangedAfterSigning() {
        Signer signer = signer("changed.example");
        publish(signer);
        String signed = signer.sign(mail("changed.example"));
        bring(signed.replace("To: \"hidden-recipients\": ;", "To: \"other-recipients\": ;"), NO_VALID_SIGNATURE);
        bring(signed.replace("--b--", "\r\n--b--"), NO_VALID_SIGNATURE);
        bring(signed, "250");
        assertThat(recipient.awaitMessage(1).text()).contains("hidden-recipients");
    }

    @Test
    void messageShouldBeRefusedWhenItIsNotSigned() {
        bring(mail("unsigned.example"), "554 5.7.1 No DKIM signature found");
        assertThat(recipient.messageCount()).isZero();
    }

    @Test
    void messageShouldBeRefusedWhenThereIsNoSuchKey() {
        bring(signer("nokey.example").sign(mail("nokey.example")), NO_VALID_SIGNATURE);
    }

    @Test
    void messageShouldBeRefusedWhenAnotherDomainSignedIt() {
        Signer other = signer("other.example");
        publish(other);
        bring(other.sign(mail("victim.example")), NO_VALID_SIGNATURE);
    }

    @Test
    void messageShouldBePutOffUntilTheKeyCanBeHadWhenTheNameServerFails() {
        Signer signer = signer("troubled.example");
        String signed = signer.sign(mail("troubled.example"));
        DNS.rcode(signer.keyName(), Rcode.SERVFAIL);
        bring(signed, NO_KEY_NOW);
        publish(signer);
        bring(signed, "250");
    }

    @Test
    void messageShouldBePutOffWhenTheNameServerIsSilent() {
        Signer signer = signer("silent.example");
        DNS.silent(signer.keyName());
        bring(signer.sign(mail("silent.example")), NO_KEY_NOW);
    }

    @Test
    void keyShouldBeAskedForOnceUntilASignatureFails() {
        Signer first = signer("rotating.example");
        Signer second = signer("rotating.example");
        publish(first);
        bring(first.sign(mail("rotating.example")), "250");
        bring(first.sign(mail("rotating.example")), "250");
        assertThat(DNS.questions(first.keyName())).isEqualTo(1);

        publish(second);
        bring(second.sign(mail("rotating.example")), "250");
        assertThat(DNS.questions(first.keyName())).isEqualTo(2);
        bring(first.sign(mail("rotating.example")), NO_VALID_SIGNATURE);
    }

    @Test
    void messageShouldBeStoredWhenItsKeyHasNoVersionAndIsQuotedAndSplit() {
        Signer signer = signer("quoted.example");
        String record = String.join("", signer.strings()).replace("v=DKIM1; ", "");
        String quoted = "\"" + record.substring(0, 100) + "\" \"" + record.substring(100) + "\"";
        DNS.txt(signer.keyName(), 3600, quoted.substring(0, 200), quoted.substring(200));

        bring(signer.sign(mail("quoted.example")), "250");
    }

    @Test
    void messageShouldBeStoredAsItCameWhenItHoldsOctetsAboveAscii() {
        Signer signer = signer("octets.example");
        publish(signer);
        String epilogue = "\u00a0\u00e9\u00ff\u0080 " + "\u00fc".repeat(900);
        String signed = signer.sign(mail("octets.example") + "\r\n" + epilogue);
        bring(signed, "250");

        assertThat(recipient.awaitMessage(1).lines()).contains(epilogue);
    }
}
