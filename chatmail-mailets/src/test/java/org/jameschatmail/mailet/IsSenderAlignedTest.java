package org.jameschatmail.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.mailet.Mails.ALICE;
import static org.jameschatmail.mailet.Mails.fixture;
import static org.jameschatmail.mailet.Mails.mail;
import static org.jameschatmail.mailet.Mails.started;
import static org.jameschatmail.mailet.Mails.withLogin;

import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsSenderAlignedTest {
    private static final String CLEARTEXT = fixture("cleartext");
    private static final String FROM = "From: <ac1_alice@example.org>";

    private IsSenderAligned matcher;

    @BeforeEach
    void setUp() throws Exception {
        matcher = started(new IsSenderAligned(), (String) null);
    }

    private static MailImpl withNullSender(String message) throws MessagingException {
        MailImpl mail = mail(message);
        mail.setSender(null);
        return mail;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FROM,
                "From: AC1_Alice@EXAMPLE.org",
                "From: \"bob@example.org\" <ac1_alice@example.org>",
                "From:\r\n Alice\r\n <ac1_alice@example.org>"
            })
    void matcherShouldMatchWhenFromIsTheEnvelopeSender(String from) throws Exception {
        assertThat(matcher.match(mail(CLEARTEXT.replace(FROM, from)))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: <ac1_bob@example.org>",
                "From: <ac1_bob@example.org>, <ac1_alice@example.org>",
                FROM + "\r\nFrom: <ac1_bob@example.org>",
                FROM + "\r\nfrom : <ac1_alice@example.org>",
                "From: ac1_alice@example.org <ac1_bob@example.org>",
                "From:",
                "X-From: <ac1_alice@example.org>"
            })
    void matcherShouldMatchNobodyWhenFromIsAnotherOrNotClear(String from) throws Exception {
        assertThat(matcher.match(mail(CLEARTEXT.replace(FROM, from)))).isEmpty();
    }

    @Test
    void matcherShouldMatchNobodyWhenTheEnvelopeSenderIsNotTheLogin() throws Exception {
        assertThat(matcher.match(withLogin(mail(CLEARTEXT), "ac1_bob@example.org")))
                .isEmpty();
        assertThat(matcher.match(withLogin(mail(CLEARTEXT), "ac1_bob"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ALICE, "AC1_ALICE@example.org", "ac1_alice"})
    void matcherShouldMatchWhenTheEnvelopeSenderIsTheLogin(String login) throws Exception {
        assertThat(matcher.match(withLogin(mail(CLEARTEXT), login))).hasSize(2);
    }

    @Test
    void matcherShouldCompareFromWithTheLoginWhenTheSenderIsNull() throws Exception {
        assertThat(matcher.match(withLogin(withNullSender(CLEARTEXT), ALICE))).hasSize(2);
        assertThat(matcher.match(withLogin(withNullSender(CLEARTEXT), "ac1_bob@example.org")))
                .isEmpty();
        assertThat(matcher.match(withLogin(withNullSender(CLEARTEXT), "ac1_alice")))
                .isEmpty();
        assertThat(matcher.match(withNullSender(CLEARTEXT))).isEmpty();
    }

    @Test
    void matcherShouldMatchNobodyWhenTheMessageCannotBeRead() throws Exception {
        MailImpl mail = Mails.unreadable();
        mail.setSender(new MailAddress(ALICE));

        assertThat(matcher.match(mail)).isEmpty();
    }

    @Test
    void initShouldThrowWhenThereIsACondition() {
        assertThatThrownBy(() -> started(new IsSenderAligned(), "strict"))
                .isInstanceOf(MessagingException.class)
                .hasMessage("IsSenderAligned takes no condition");
    }
}
