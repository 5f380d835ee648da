package org.jameschatmail.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.mailet.Mails.fixture;
import static org.jameschatmail.mailet.Mails.mail;
import static org.jameschatmail.mailet.Mails.started;

import javax.mail.MessagingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsSecureJoinRequestTest {
    @ParameterizedTest
    @ValueSource(strings = {"outgoing", "incoming"})
    void matcherShouldMatchAllRecipientsWhenRequest(String condition) throws Exception {
        assertThat(started(new IsSecureJoinRequest(), condition).match(mail(fixture("secure-join-vc-request"))))
                .hasSize(2);
    }

    @Test
    void matcherShouldMatchNobodyWhenTheBodySaysMore() throws Exception {
        String message = fixture("secure-join-vc-request")
                .replace("Secure-Join: vc-request\r\n\r\n--", "Secure-Join: vc-request, see you at noon\r\n\r\n--");

        assertThat(message).contains("noon");
        assertThat(started(new IsSecureJoinRequest(), "incoming").match(mail(message)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta-chat", "cleartext"})
    void matcherShouldMatchNobodyWhenAnotherMessage(String fixture) throws Exception {
        assertThat(started(new IsSecureJoinRequest(), "outgoing").match(mail(fixture(fixture))))
                .isEmpty();
    }

    @Test
    void matcherShouldMatchNobodyWhenTheMessageCannotBeRead() throws Exception {
        assertThat(started(new IsSecureJoinRequest(), "incoming").match(Mails.unreadable()))
                .isEmpty();
    }

    @Test
    void initShouldThrowWhenConditionIsMissing() {
        assertThatThrownBy(() -> started(new IsSecureJoinRequest(), (String) null))
                .isInstanceOf(MessagingException.class)
                .hasMessage("IsSecureJoinRequest needs a direction: outgoing or incoming");
    }
}
