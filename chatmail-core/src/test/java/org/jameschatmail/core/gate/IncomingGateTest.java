package org.jameschatmail.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.jameschatmail.core.Eml;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.EnvelopeSender;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingGateTest {
    private static final Optional<String> RENEE = Optional.of("renee@example.net");
    private static final Optional<String> NULL_SENDER = Optional.empty();
    private static final Eml BOUNCE = Eml.fixture("bounce");

    private final IncomingGate gate = new IncomingGate(MimeLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(strings = {"thunderbird", "proton", "gnupg-mutt"})
    void gateShouldKeepSenderWhenItIsFrom(String name) throws IOException {
        assertAccepted(gate.judge(Eml.fixture(name).stream(), RENEE, () -> false), EnvelopeSender.KEPT);
    }

    @Test
    void gateShouldNullSenderWhenItIsNotFrom() throws IOException {
        Verdict verdict =
                gate.judge(Eml.fixture("thunderbird").stream(), Optional.of("list-bounces@example.com"), () -> false);
        assertAccepted(verdict, EnvelopeSender.NULLED);
    }

    @Test
    void gateShouldTellFromForTheDkimCheck() throws IOException {
        Verdict verdict = gate.judge(Eml.fixture("thunderbird").stream(), RENEE, () -> false);
        assertThat(((Accepted) verdict).from().domain()).isEqualTo("example.net");
    }

    @Test
    void gateShouldAcceptWhenMessageIsBounce() throws IOException {
        assertAccepted(gate.judge(BOUNCE.stream(), NULL_SENDER, () -> false), EnvelopeSender.KEPT);
    }

    @ParameterizedTest
    @CsvSource({
        "Auto-Submitted: auto-replied, X-A: y",
        "Auto-Submitted: auto-replied, Auto-Submitted: no",
        "Auto-Submitted: auto-replied, Auto-Submitted:",
        "Auto-Submitted: auto-replied, 'Auto-Submitted: auto-replied\nAuto-Submitted: no'",
        "MAILER-DAEMON@example.net, renee@example.net",
        "MAILER-DAEMON@example.net, not-mailer-daemon@example.net",
        "Mail Delivery System <MAILER-DAEMON@example.net>, 'mailer-daemon@example.net <renee@example.net>'",
        "Mail Delivery System <MAILER-DAEMON@example.net>, '\"mailer-daemon@example.net\" <renee@example.net>'",
        "multipart/report, multipart/mixed"
    })
    void gateShouldRefuseWhenBounceLacksItsMarks(String mark, String replacement) throws IOException {
        assertThat(gate.judge(BOUNCE.with(mark, replacement).stream(), NULL_SENDER, () -> false))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void gateShouldAcceptCleartextWhenEveryRecipientOptedIn() throws IOException {
        Eml cleartext = Eml.fixture("cleartext");
        Optional<String> alice = Optional.of("ac1_alice@example.org");
        assertAccepted(gate.judge(cleartext.stream(), alice, () -> true), EnvelopeSender.KEPT);
        assertThat(reply(cleartext, alice, false)).isEqualTo("523 Encryption Needed: Invalid Unencrypted Mail");
    }

    @Test
    void gateShouldJudgeSyntaxEvenWhenEveryRecipientOptedIn() throws IOException {
        Eml cleartext = Eml.fixture("cleartext");
        assertThat(reply(new Eml(cleartext.text() + "\n"), RENEE, true)).isEqualTo("500 Bare CR or LF in message");
        assertThat(reply(cleartext.with("From: ", "X-From: "), RENEE, true))
                .isEqualTo("500 Invalid FROM <> for <renee@example.net>");
        assertThat(reply(cleartext.with("MIME-Version: 1.0", "Content-Type: text/plain"), RENEE, true))
                .isEqualTo("500 More than one Content-Type");
    }

    private static void assertAccepted(Verdict verdict, EnvelopeSender envelopeSender) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.envelopeSender()).isEqualTo(envelopeSender));
    }

    private String reply(Eml message, Optional<String> sender, boolean cleartext) throws IOException {
        return ((Rejected) gate.judge(message.stream(), sender, () -> cleartext)).reply();
    }
}
