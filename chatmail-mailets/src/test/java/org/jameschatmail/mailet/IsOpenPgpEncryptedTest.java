package org.jameschatmail.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.mailet.Mails.fixture;
import static org.jameschatmail.mailet.Mails.mail;
import static org.jameschatmail.mailet.Mails.started;

import java.nio.charset.StandardCharsets;
import javax.activation.DataHandler;
import javax.mail.MessagingException;
import javax.mail.internet.ContentType;
import javax.mail.internet.MimeMessage;
import javax.mail.util.ByteArrayDataSource;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsOpenPgpEncryptedTest {
    private static IsOpenPgpEncrypted matcher(String condition) throws MessagingException {
        return started(new IsOpenPgpEncrypted(), condition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta-chat", "delta-chat-large", "base64-part", "quoted-printable-part"})
    void matcherShouldMatchAllRecipientsWhenEncrypted(String fixture) throws Exception {
        MailImpl mail = mail(fixture(fixture));

        assertThat(matcher("outgoing").match(mail)).hasSize(2).containsExactlyElementsOf(mail.getRecipients());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cleartext",
                "cleartext-quoting-armor",
                "autocrypt-setup-message",
                "literal-only",
                "multipart-signed",
                "secure-join-vc-request",
                "signed-only"
            })
    void matcherShouldMatchNobodyWhenNotEncrypted(String fixture) throws Exception {
        assertThat(matcher("outgoing").match(mail(fixture(fixture)))).isEmpty();
        assertThat(matcher("incoming").match(mail(fixture(fixture)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"thunderbird"})
    void matcherShouldForgiveTextAroundThePartsWhenIncomingOnly(String fixture) throws Exception {
        assertThat(matcher("incoming").match(mail(fixture(fixture)))).hasSize(2);
        assertThat(matcher("outgoing").match(mail(fixture(fixture)))).isEmpty();
    }

    @Test
    void matcherShouldJudgeTheNewContentWhenAnotherMailetReplacedIt() throws Exception {
        MailImpl mail = mail(fixture("delta-chat"));
        MimeMessage message = mail.getMessage();
        String cleartext = """
                --b
                Content-Type: application/pgp-encrypted

                Version: 1
                --b
                Content-Type: application/octet-stream

                See you at noon.
                --b--
                """;
        String type = message.getContentType();
        String boundary = new ContentType(type).getParameter("boundary");
        byte[] body = cleartext.replace("--b", "--" + boundary).getBytes(StandardCharsets.US_ASCII);
        message.setDataHandler(new DataHandler(new ByteArrayDataSource(body, type)));
        message.setHeader("Content-Type", type);

        assertThat(matcher("outgoing").match(mail)).isEmpty();
    }

    @Test
    void matcherShouldMatchWhenAnotherMailetAddedAField() throws Exception {
        MailImpl mail = mail(fixture("delta-chat"));
        mail.getMessage().addHeader("X-Seen", "yes");
        mail.getMessage().saveChanges();

        assertThat(matcher("outgoing").match(mail)).hasSize(2);
    }

    @Test
    void matcherShouldMatchNobodyWhenTheMessageCannotBeRead() throws Exception {
        assertThat(matcher("outgoing").match(Mails.unreadable())).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Outgoing", "both", "outgoing,incoming"})
    void initShouldThrowWhenConditionIsNoDirection(String condition) {
        assertThatThrownBy(() -> matcher(condition))
                .isInstanceOf(MessagingException.class)
                .hasMessage("IsOpenPgpEncrypted needs a direction: outgoing or incoming");
    }
}
