package org.jameschatmail.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.mailet.Mails.fixture;
import static org.jameschatmail.mailet.Mails.mail;
import static org.jameschatmail.mailet.Mails.octets;
import static org.jameschatmail.mailet.Mails.started;

import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaceSubjectTest {
    @Test
    void mailetShouldReplaceTheSubjectAndKeepEveryOtherOctet() throws Exception {
        String message = fixture("gnupg-mutt");
        MailImpl mail = mail(message.replace("\r\n\r\n", "\r\nSubject: of a part\r\n\r\n")
                .replaceFirst("Subject: of a part\r\n", ""));
        String before = octets(mail);
        started(new ReplaceSubject(), new String[0]).service(mail);

        assertThat(before).contains("Subject: hello\r\n", "Subject: of a part");
        assertThat(octets(mail)).isEqualTo(before.replace("Subject: hello\r\n", "Subject: [...]\r\n"));
    }

    @Test
    void mailetShouldReplaceEachSubjectWhenThereAreSeveral() throws Exception {
        MailImpl mail = mail(fixture("cleartext")
                .replace("Subject: Plans\r\n", "SUBJECT: Plans\r\nX: y\r\nsubject:\r\n more\r\n plans\r\n"));
        started(new ReplaceSubject(), new String[0]).service(mail);

        assertThat(octets(mail))
                .contains("Subject: [...]\r\nX: y\r\nSubject: [...]\r\nDate:")
                .doesNotContainIgnoringCase("plans");
    }

    @Test
    void mailetShouldAddNoneWhenThereIsNone() throws Exception {
        String message = fixture("cleartext").replace("Subject: Plans\r\n", "");
        MailImpl mail = mail(message);
        started(new ReplaceSubject(), new String[0]).service(mail);

        assertThat(octets(mail)).isEqualTo(message);
    }

    @Test
    void mailetShouldKeepTheMessageItselfWhenTheSubjectIsRight() throws Exception {
        MailImpl mail = mail(fixture("delta-chat"));
        MimeMessage message = mail.getMessage();
        started(new ReplaceSubject(), new String[0]).service(mail);

        assertThat(mail.getMessage()).isSameAs(message);
    }

    @Test
    void mailetShouldEncodeTheValueWhenItIsNotAscii() throws Exception {
        MailImpl mail = mail(fixture("cleartext"));
        started(new ReplaceSubject(), "value", "…").service(mail);

        assertThat(octets(mail)).contains("Subject: =?UTF-8?B?4oCm?=\r\n");
        assertThat(mail.getMessage().getSubject()).isEqualTo("…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\r\nBcc: <ac1_bob@example.org>", "a\nb", "a\u0000"})
    void initShouldThrowWhenTheValueIsNotOneLine(String value) {
        assertThatThrownBy(() -> started(new ReplaceSubject(), "value", value))
                .isInstanceOf(MessagingException.class)
                .hasMessage("ReplaceSubject: <value> takes one line, 1 to 100 characters");
    }

    @Test
    void initShouldThrowWhenAParameterIsUnknown() {
        assertThatThrownBy(() -> started(new ReplaceSubject(), "subject", "[...]"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("subject");
    }
}
