package org.jameschatmail.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jameschatmail.core.Eml;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.EnvelopeSender;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionGateTest {
    private static final String ALICE = "ac1_alice@example.org";
    private static final Eml ENCRYPTED = Eml.fixture("delta-chat");
    private static final Eml CLEARTEXT = Eml.fixture("cleartext");
    private static final String ENCRYPTION_NEEDED = "523 Encryption Needed: Invalid Unencrypted Mail";

    private final SubmissionGate gate = new SubmissionGate(MimeLimits.DEFAULT);

    @Test
    void gateShouldAcceptWhenMessageIsEncrypted() throws IOException {
        assertThat(gate.judge(ENCRYPTED.stream(), ALICE)).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.from().toString()).isEqualTo(ALICE);
            assertThat(accepted.envelopeSender()).isEqualTo(EnvelopeSender.KEPT);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"vc-request", "vg-request"})
    void gateShouldAcceptWhenMessageIsSecureJoinRequest(String step) throws IOException {
        Eml request = Eml.fixture("secure-join-vc-request").with("vc-request", step);
        assertThat(gate.judge(request.stream(), ALICE)).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cleartext",
                "cleartext-quoting-armor",
                "autocrypt-setup-message",
                "signed-only",
                "literal-only",
                "multipart-signed"
            })
    void gateShouldAnswer523WhenMessageIsNotEncrypted(String name) throws IOException {
        assertThat(reply(Eml.fixture(name), ALICE)).isEqualTo(ENCRYPTION_NEEDED);
    }

    @Test
    void gateShouldAnswer523WhenUserSendsBounce() throws IOException {
        assertThat(reply(Eml.fixture("bounce"), "mailer-daemon@example.net")).isEqualTo(ENCRYPTION_NEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta-chat", "secure-join-vc-request"})
    void gateShouldAnswer523WhenTextStandsBehindTheParts(String name) throws IOException {
        Eml message = Eml.fixture(name);
        assertThat(gate.judge(message.stream(), ALICE)).isInstanceOf(Accepted.class);
        assertThat(reply(new Eml(message.text() + "hello\r\n"), ALICE)).isEqualTo(ENCRYPTION_NEEDED);
    }

    @Test
    void gateShouldCompareFromInAnyCase() throws IOException {
        Eml message = ENCRYPTED.with("From: <ac1_alice@example.org>", "FROM: Alice <AC1_Alice@Example.ORG>");
        assertThat(gate.judge(message.stream(), ALICE)).isInstanceOf(Accepted.class);
    }

    @Test
    void gateShouldNameBothWhenFromIsSomebodyElse() throws IOException {
        assertThat(reply(CLEARTEXT, "ac1_bob@example.org"))
                .isEqualTo("500 Invalid FROM <ac1_alice@example.org> for <ac1_bob@example.org>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-From: <ac1_alice@example.org>",
                "From: <ac1_alice@example.org>\nFrom: <ac1_alice@example.org>",
                "From: <ac1_alice@example.org>\nfrom: <mallory@example.org>",
                "From: undisclosed:;",
                "From: <ac1_alice@example.org> extra",
                "From: ac1_alice@example.org <ac1_alice@example.org>",
                "From:"
            })
    void gateShouldAnswer500WhenFromIsNoSingleField(String from) throws IOException {
        Eml message = ENCRYPTED.with("From: <ac1_alice@example.org>", from);
        assertThat(reply(message, ALICE)).isEqualTo("500 Invalid FROM <> for <" + ALICE + ">");
    }

    @ParameterizedTest
    @ValueSource(strings = {"From : <ac1_alice@example.org>", " From: <x@y>", "no field", "Fr\u00f6m: x", "X: a\0b"})
    void gateShouldAnswer500WhenHeaderIsMalformed(String line) throws IOException {
        Eml message = ENCRYPTED.with("Content-Type: multipart", line + "\nContent-Type: multipart");
        assertThat(reply(message, ALICE)).isEqualTo("500 Malformed message");
    }

    @Test
    void gateShouldAnswer500WhenContentTypeIsDoubled() throws IOException {
        Eml message = ENCRYPTED.with("Chat-Version: 1.0", "content-type: text/plain");
        assertThat(reply(message, ALICE)).isEqualTo("500 More than one Content-Type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\r\n", "\n\r\n", "\n.\r\n", "\r\n.\r", "\n.\n"})
    void gateShouldAnswer500WhenLineBreakIsBare(String lineBreak) throws IOException {
        assertThat(reply(new Eml(CLEARTEXT.text() + "x" + lineBreak), ALICE)).isEqualTo("500 Bare CR or LF in message");
        assertThat(reply(new Eml(CLEARTEXT.text() + "x" + lineBreak + "y\r\n"), ALICE))
                .isEqualTo("500 Bare CR or LF in message");
        assertThat(reply(new Eml("X: y" + lineBreak + ENCRYPTED.text()), ALICE)).startsWith("500 ");
    }

    @Test
    void gateShouldJudgeSizeBeforeAllElse() throws IOException {
        SubmissionGate small = new SubmissionGate(MimeLimits.DEFAULT.withMaxMessageBytes(20_000));
        Eml message = new Eml("no field\n" + "x".repeat(20_000));
        assertThat(((Rejected) small.judge(message.stream(), ALICE)).reply())
                .isEqualTo("552 Message exceeds maximum size");
    }

    @Test
    void gateShouldAcceptWhenSizeIsExactlyTheLimit() throws IOException {
        int size = ENCRYPTED.bytes().length;
        MimeLimits exact = MimeLimits.DEFAULT.withMaxMessageBytes(size);
        MimeLimits less = MimeLimits.DEFAULT.withMaxMessageBytes(size - 1);
        assertThat(new SubmissionGate(exact).judge(ENCRYPTED.stream(), ALICE)).isInstanceOf(Accepted.class);
        assertThat(new SubmissionGate(less).judge(ENCRYPTED.stream(), ALICE)).isInstanceOf(Rejected.class);
    }

    @Test
    void gateShouldJudgeFromBeforeContentTypeAndEncryption() throws IOException {
        Eml message = CLEARTEXT.with("MIME-Version: 1.0", "Content-Type: text/html");
        assertThat(reply(message, "ac1_bob@example.org")).startsWith("500 Invalid FROM");
        assertThat(reply(message, ALICE)).isEqualTo("500 More than one Content-Type");
    }

    @Test
    void verdictShouldNameNoAddressWhenPrinted() throws IOException {
        Verdict rejected = gate.judge(CLEARTEXT.stream(), "ac1_bob@example.org");
        Verdict accepted = gate.judge(ENCRYPTED.stream(), ALICE);
        assertThat(rejected + " " + accepted).doesNotContain("@").doesNotContain("ac1");
    }

    private String reply(Eml message, String sender) throws IOException {
        return ((Rejected) gate.judge(message.stream(), sender)).reply();
    }
}
