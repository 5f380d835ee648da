package org.jameschatmail.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.mailet.Mails.fixture;
import static org.jameschatmail.mailet.Mails.mail;
import static org.jameschatmail.mailet.Mails.octets;
import static org.jameschatmail.mailet.Mails.started;

import javax.mail.Flags;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoveClientHeadersTest {
    private static final String CLIENT_FIELDS = """
            Received: from [192.0.2.7] (phone)
             by example.org; Tue, 17 Nov 2026 07:31:02 +0000
            X-Originating-IP: 192.0.2.7
            x-mailer : Phone 1.0
            User-Agent: Phone 1.0
            """.replace("\n", "\r\n");

    /** Odd on purpose: parts with those fields, blanks at line ends, a lone LF, 8-bit octets, no final line end. */
    private static final String ODD_BODY = """
            Preamble \t
            --b
            Received: of the part
            User-Agent: of the part

            8 bit: \u00e9\u00ff

            --b
            X-Mailer: of the part

            --b--
            Epilogue""".replace("\n", "\r\n") + "\n.\r";

    private static final String ODD_HEADER = """
            From: <ac1_alice@example.org>
            Subject:  two
            \tlines
            Content-Type: multipart/mixed;
             boundary=b

            """.replace("\n", "\r\n");

    @Test
    void mailetShouldDropTheFieldsAndKeepEveryOtherOctet() throws Exception {
        MailImpl mail = mail(CLIENT_FIELDS + ODD_HEADER + ODD_BODY);
        started(new RemoveClientHeaders(), new String[0]).service(mail);

        assertThat(octets(mail)).isEqualTo(ODD_HEADER + ODD_BODY);
    }

    @Test
    void mailetShouldKeepThePacketsWhenTheMessageIsEncrypted() throws Exception {
        String message = fixture("delta-chat-large");
        MailImpl mail = mail(CLIENT_FIELDS + message);
        started(new RemoveClientHeaders(), new String[0]).service(mail);

        assertThat(octets(mail)).isEqualTo(message);
    }

    @Test
    void mailetShouldKeepTheMessageItselfWhenThereIsNothingToDrop() throws Exception {
        MailImpl mail = mail(ODD_HEADER + ODD_BODY);
        MimeMessage message = mail.getMessage();
        started(new RemoveClientHeaders(), new String[0]).service(mail);

        assertThat(mail.getMessage()).isSameAs(message);
    }

    @Test
    void mailetShouldSeeWhatAnotherMailetChanged() throws Exception {
        MailImpl mail = mail(fixture("cleartext"));
        mail.getMessage().addHeader("X-Mailer", "Phone 1.0");
        mail.getMessage().addHeader("X-Seen", "yes");
        mail.getMessage().saveChanges();
        started(new RemoveClientHeaders(), new String[0]).service(mail);

        assertThat(octets(mail))
                .contains("X-Seen: yes\r\n")
                .doesNotContain("Phone")
                .endsWith("See you at noon.\r\n");
    }

    @Test
    void mailetShouldKeepTheNewContentWhenAnotherMailetReplacedIt() throws Exception {
        MailImpl mail = mail("X-Mailer: Phone 1.0\r\n" + fixture("cleartext"));
        mail.getMessage().setText("See you at ten.");
        mail.getMessage().saveChanges();
        started(new RemoveClientHeaders(), new String[0]).service(mail);

        assertThat(octets(mail)).doesNotContain("Phone", "noon").endsWith("\r\n\r\nSee you at ten.");
    }

    @Test
    void mailetShouldKeepFlags() throws Exception {
        MailImpl mail = mail(CLIENT_FIELDS + ODD_HEADER + ODD_BODY);
        mail.getMessage().setFlag(Flags.Flag.FLAGGED, true);
        started(new RemoveClientHeaders(), new String[0]).service(mail);

        assertThat(mail.getMessage().isSet(Flags.Flag.FLAGGED)).isTrue();
    }

    @Test
    void mailetShouldDropTheNamedFieldsOnlyWhenNamed() throws Exception {
        MailImpl mail = mail(fixture("cleartext"));
        started(new RemoveClientHeaders(), "name", "date , MESSAGE-ID").service(mail);

        assertThat(octets(mail))
                .isEqualTo(fixture("cleartext").replaceAll("(Date|Message-ID):[^\n]*\n", ""))
                .doesNotContain("Date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Received,", ",", "X Mailer", "X-Mailer: x"})
    void initShouldThrowWhenNamesAreMalformed(String names) {
        assertThatThrownBy(() -> started(new RemoveClientHeaders(), "name", names))
                .isInstanceOf(MessagingException.class)
                .hasMessage("RemoveClientHeaders: <name> takes header names, separated by commas");
    }

    @Test
    void initShouldThrowWhenAParameterIsUnknown() {
        assertThatThrownBy(() -> started(new RemoveClientHeaders(), "names", "Received"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("names");
    }

    @Test
    void serviceShouldThrowWhenTheMessageCannotBeRead() throws Exception {
        MailImpl mail = Mails.unreadable();

        assertThatThrownBy(
                        () -> started(new RemoveClientHeaders(), new String[0]).service(mail))
                .isInstanceOf(MessagingException.class);
    }
}
