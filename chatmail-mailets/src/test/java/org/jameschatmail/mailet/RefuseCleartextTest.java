package org.jameschatmail.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.mailet.Mails.fixture;
import static org.jameschatmail.mailet.Mails.mail;
import static org.jameschatmail.mailet.Mails.started;
import static org.jameschatmail.mailet.Mails.withLogin;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RefuseCleartextTest {
    private static final String ENCRYPTION_NEEDED = "523 Encryption Needed: Invalid Unencrypted Mail";

    private static RefuseCleartext gate(String direction) throws MessagingException {
        return started(new RefuseCleartext(), "direction", direction, "processor", "refused");
    }

    private static void assertPasses(RefuseCleartext gate, MailImpl mail) {
        gate.service(mail);
        assertThat(mail.getState()).isEqualTo(Mail.TRANSPORT);
        assertThat(mail.getErrorMessage()).isNull();
    }

    private static void assertRefuses(RefuseCleartext gate, MailImpl mail, String reply) {
        gate.service(mail);
        assertThat(mail.getState()).isEqualTo("refused");
        assertThat(mail.getErrorMessage()).isEqualTo(reply);
        assertThat(mail.getRecipients()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta-chat", "delta-chat-large", "secure-join-vc-request"})
    void gateShouldLetPassWhenEncryptedOrSecureJoin(String fixture) throws Exception {
        assertPasses(gate("outgoing"), mail(fixture(fixture)));
        assertPasses(gate("outgoing"), withLogin(mail(fixture(fixture)), Mails.ALICE));
        assertPasses(gate("incoming"), mail(fixture(fixture)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cleartext", "cleartext-quoting-armor", "autocrypt-setup-message", "signed-only"})
    void gateShouldRefuseWhenCleartext(String fixture) throws Exception {
        assertRefuses(gate("outgoing"), mail(fixture(fixture)), ENCRYPTION_NEEDED);
        assertRefuses(gate("incoming"), mail(fixture(fixture)), ENCRYPTION_NEEDED);
    }

    @Test
    void gateShouldLetPassABounceWhenIncomingOnly() throws Exception {
        assertPasses(gate("incoming"), mail(fixture("bounce")));
        assertRefuses(
                gate("outgoing"),
                mail(fixture("bounce")),
                "500 Invalid FROM <MAILER-DAEMON@example.net> for <ac1_alice@example.org>");
    }

    @Test
    void gateShouldRefuseWhenFromIsNotTheSenderOfOutgoingMail() throws Exception {
        String message = fixture("delta-chat").replace("From: <ac1_alice@", "From: <ac1_bob@");

        assertRefuses(
                gate("outgoing"), mail(message), "500 Invalid FROM <ac1_bob@example.org> for <ac1_alice@example.org>");
        assertPasses(gate("incoming"), mail(message));
    }

    @Test
    void gateShouldRefuseWhenTheEnvelopeSenderIsNotTheLogin() throws Exception {
        assertRefuses(
                gate("outgoing"),
                withLogin(mail(fixture("delta-chat")), "ac1_bob@example.org"),
                "500 Invalid FROM <ac1_alice@example.org> for <>");
    }

    @Test
    void gateShouldRefuseWhenLargerThanMaxSize() throws Exception {
        String message = fixture("delta-chat");
        MailImpl mail = mail(message);
        RefuseCleartext gate = started(
                new RefuseCleartext(),
                "direction",
                "outgoing",
                "processor",
                "refused",
                "maxSize",
                Integer.toString(message.length() - 1));

        assertRefuses(gate, mail, "552 Message exceeds maximum size");
    }

    @Test
    void gateShouldRefuseWhenTheBodyHasABareLineFeed() throws Exception {
        assertRefuses(
                gate("incoming"),
                mail(fixture("delta-chat").replace("Version: 1\r\n", "Version: 1\n")),
                "500 Bare CR or LF in message");
    }

    @Test
    void gateShouldRefuseWithoutThrowingWhenTheMessageCannotBeRead() throws Exception {
        assertRefuses(gate("outgoing"), Mails.unreadable(), "451 4.3.0 Local trouble, try again later");
        assertRefuses(gate("incoming"), Mails.unreadable(), "451 4.3.0 Local trouble, try again later");
    }

    @Test
    void gateShouldRefuseWithoutThrowingWhenThereIsNoMessage() throws Exception {
        MailImpl mail = mail(fixture("delta-chat"));
        mail.setMessageNoCopy(null);

        assertRefuses(gate("outgoing"), mail, "451 4.3.0 Local trouble, try again later");
    }

    @Test
    void gateShouldSayNothingPersonalAboveDebugWhenItRefuses() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("org.jameschatmail.mailet");
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            gate("outgoing").service(Mails.unreadable());
            gate("outgoing").service(mail(fixture("bounce")));
            started(new IsSenderAligned(), (String) null).match(Mails.unreadable());
        } finally {
            logger.detachAppender(appender);
            logger.setAdditive(true);
            logger.setLevel(null);
        }

        assertThat(appender.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .hasSize(2)
                .allSatisfy(event -> {
                    assertThat(event.getFormattedMessage()).doesNotContain("@");
                    assertThat(event.getThrowableProxy()).isNull();
                });
    }

    @Test
    void refusedMailShouldGoToTheProcessorErrorWhenNoneIsNamed() throws Exception {
        RefuseCleartext gate = started(new RefuseCleartext(), "direction", "outgoing");
        MailImpl mail = mail(fixture("cleartext"));
        gate.service(mail);

        assertThat(mail.getState()).isEqualTo(Mail.ERROR);
        assertThat(gate.requiredProcessingState()).containsExactly(new ProcessingState(Mail.ERROR));
    }

    @Test
    void refusedMailShouldNotGoOnWhenTheGateStandsInItsOwnTarget() throws Exception {
        MailImpl mail = mail(fixture("cleartext"));
        mail.setState("refused");
        gate("outgoing").service(mail);
        assertThat(mail.getState()).isEqualTo(Mail.ERROR);

        started(new RefuseCleartext(), "direction", "outgoing").service(mail);
        assertThat(mail.getState()).isEqualTo(Mail.GHOST);
    }

    @Test
    void initShouldThrowWhenAParameterIsWrong() {
        assertThatThrownBy(() -> started(new RefuseCleartext(), new String[0])).isInstanceOf(MessagingException.class);
        assertThatThrownBy(() -> gate("sideways")).isInstanceOf(MessagingException.class);
        assertThatThrownBy(() -> started(new RefuseCleartext(), "direction", "outgoing", "procesor", "refused"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("procesor");
        assertThatThrownBy(() -> started(new RefuseCleartext(), "direction", "outgoing", "processor", " "))
                .isInstanceOf(MessagingException.class);
        assertThatThrownBy(() -> started(new RefuseCleartext(), "direction", "outgoing", "processor", "ghost"))
                .isInstanceOf(MessagingException.class);
        assertThatThrownBy(() -> started(new RefuseCleartext(), "direction", "outgoing", "maxSize", "0"))
                .isInstanceOf(MessagingException.class);
    }
}
