package org.jameschatmail.core.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.gate.IncomingGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.outgoing.FailureReport.Failure;
import org.jameschatmail.core.verdict.Accepted;
import org.junit.jupiter.api.Test;

class FailureReportTest {
    private static final FailureReport REPORT = new FailureReport(
            "mx.chat.example",
            "mailer-daemon@chat.example",
            "alice@chat.example",
            Instant.parse("2026-11-01T10:00:00Z"),
            Instant.parse("2026-11-03T10:00:00Z"),
            "0123abc");
    private static final List<Failure> FAILURES = List.of(
            new Failure("bob@peer.example", Diagnosis.remote(550, "5.1.1 No such user", "mx.peer.example")),
            new Failure("eve@peer.example", Diagnosis.ours(451, "4.4.1", "No answer")));
    private static final byte[] HEADER =
            "From: <alice@chat.example>\r\nMessage-ID: <m1@localhost>\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static String text() {
        return new String(REPORT.text(FAILURES, HEADER), StandardCharsets.US_ASCII);
    }

    @Test
    void reportShouldSayForEachRecipientWhatTheServerSaid() {
        assertThat(text()).contains("""
                        Final-Recipient: rfc822; bob@peer.example
                        Action: failed
                        Status: 5.1.1
                        Remote-MTA: dns; mx.peer.example
                        Diagnostic-Code: smtp; 550 5.1.1 No such user

                        Final-Recipient: rfc822; eve@peer.example
                        Action: failed
                        Status: 5.4.1
                        Diagnostic-Code: x-chatmail; 451 4.4.1 No answer

                        --report-0123abc
                        """.replace("\n", "\r\n"));
    }

    @Test
    void reportShouldCarryTheHeaderOfTheOriginal() {
        assertThat(text()).contains("Content-Type: text/rfc822-headers").endsWith("""
                        From: <alice@chat.example>
                        Message-ID: <m1@localhost>

                        --report-0123abc--
                        """.replace("\n", "\r\n"));
    }

    @Test
    void reportShouldBeWhatGatesKnowAsABounce() throws Exception {
        IncomingGate gate = new IncomingGate(MimeLimits.DEFAULT);

        assertThat(gate.judge(new ByteArrayInputStream(REPORT.text(FAILURES, HEADER)), Optional.empty(), () -> false))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void reportShouldHaveCrlfLineEndsOnly() {
        assertThat(text().replace("\r\n", "")).doesNotContain("\r", "\n");
    }
}
