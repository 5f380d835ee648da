package org.jameschatmail.integration.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.integration.network.MailNetwork.send;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers on hosts of their own, at the real ports: ours with each other, and with Postfix and opendkim. */
class NetworkIT {
    private static final String DANA = "dana@postfix.example";
    private static final int SAMPLES = 100;

    @RegisterExtension
    static final MailNetwork NETWORK = new MailNetwork();

    @Test
    void messageShouldTravelBetweenOurServersBothWays() {
        MailAccount alice = MailAccount.create(NETWORK.here());
        MailAccount bob = MailAccount.create(NETWORK.there());

        EncryptedMail question = send(alice, bob.address());
        assertThat(bob.awaitMessage(1).header()).contains("Message-ID: <" + question.messageId() + ">");

        EncryptedMail answer = send(bob, alice.address());
        assertThat(alice.awaitMessage(1).header()).contains("Message-ID: <" + answer.messageId() + ">");
    }

    @Test
    void postfixShouldGetOurMailOverTlsAndVerifyItsSignature() {
        MailAccount alice = MailAccount.create(NETWORK.here());

        EncryptedMail mail = send(alice, DANA);

        NETWORK.await(() -> !NETWORK.postfix().delivered(mail.messageId()).isEmpty());
        List<String> delivered = NETWORK.postfix().delivered(mail.messageId());
        assertThat(delivered).hasSize(1);
        assertThat(unfolded(delivered.get(0)))
                .containsPattern("Authentication-Results: mx.postfix.example; .*dkim=pass .*header.d=here.example")
                .containsPattern("Received: from mx.here.example .*using TLSv1.3")
                .contains("Delivered-To: " + DANA)
                .doesNotContain("dkim=fail");
    }

    @Test
    void messageShouldGoByIpv6WhenThePeerHasNothingElse() {
        MailAccount alice = MailAccount.create(NETWORK.here());

        EncryptedMail mail = send(alice, "dana@six.example");

        NETWORK.await(() -> !NETWORK.postfix().delivered(mail.messageId()).isEmpty());
        assertThat(unfolded(NETWORK.postfix().delivered(mail.messageId()).get(0)))
                .containsPattern("Received: from mx.here.example .*\\[IPv6:2001:db8:");
    }

    @Test
    void messageOfPostfixShouldArriveOverVerifiedTls() {
        MailAccount alice = MailAccount.create(NETWORK.here());

        EncryptedMail mail = NETWORK.postfix().send(DANA, alice.address());

        assertThat(alice.awaitMessage(1).header())
                .contains("Return-Path: <" + DANA + ">", "Message-ID: <" + mail.messageId() + ">")
                .noneMatch(line -> line.startsWith("Received") || line.startsWith("DKIM"));
        assertThat(NETWORK.postfix().log())
                .anyMatch(line -> line.contains("Verified TLS connection established to mx.here.example[2001:db8:"));
    }

    @Test
    void messageOfPostfixShouldBeRefusedWithoutASignature() {
        MailAccount alice = MailAccount.create(NETWORK.here());

        NETWORK.postfix().sendUnsigned(DANA, alice.address());

        NETWORK.await(() -> NETWORK.postfix().log().stream()
                .anyMatch(line -> line.contains(alice.address())
                        && line.contains("status=bounced")
                        && line.contains("554 5.7.1 No DKIM signature found")));
        assertThat(alice.messageCount()).isZero();
    }

    @Test
    void nothingShouldReachPeersWithoutATrustedCertificateOrWithoutTls() {
        MailAccount bob = MailAccount.create(NETWORK.there());

        EncryptedMail toWrong = send(bob, "dana@wrong.example");
        EncryptedMail toClear = send(bob, "dana@clear.example");

        assertThat(bob.awaitMessage(1).text() + bob.awaitMessage(2).text())
                .contains("451 4.7.5 No trusted encryption with mx.wrong.example", toWrong.messageId())
                .contains("STARTTLS", toClear.messageId(), "Final-Recipient: rfc822; dana@clear.example");
        assertThat(NETWORK.postfix().delivered("dana@wrong.example")).isEmpty();
        assertThat(NETWORK.postfix().delivered("dana@clear.example")).isEmpty();
        assertThat(goodByes("postfix/wrong/")).isNotEmpty().noneMatch(line -> line.contains(" mail="));
        assertThat(goodByes("postfix/clear/")).isNotEmpty().noneMatch(line -> line.contains(" mail="));
    }

    /** With the commands that were given, and how often. */
    private static List<String> goodByes(String listener) {
        return NETWORK.postfix().log().stream()
                .filter(line -> line.contains(listener) && line.contains("disconnect from"))
                .toList();
    }

    @Test
    void queueShouldOutliveAKillWhileThePeerIsOutOfReach() {
        MailAccount alice = MailAccount.create(NETWORK.here());
        NETWORK.postfixHost().unplug();
        List<EncryptedMail> sent;
        try {
            sent = send(alice, "dana@postfix.example", 20);
            NETWORK.here().kill();
            NETWORK.here().restart();
            assertThat(NETWORK.waiting("postfix.example")).isEqualTo(20);
        } finally {
            NETWORK.postfixHost().plugIn();
        }

        NETWORK.retry("postfix.example");

        NETWORK.await(() -> sent.stream()
                .noneMatch(mail -> NETWORK.postfix().delivered(mail.messageId()).isEmpty()));
        assertThat(sent)
                .allSatisfy(mail -> assertThat(NETWORK.postfix().delivered(mail.messageId()))
                        .hasSize(1));
    }

    @Test
    void otherDomainsShouldGetTheirMailWhileAThousandWaitForABlackHole() {
        MailAccount alice = MailAccount.create(NETWORK.here());
        MailAccount bob = MailAccount.create(NETWORK.there());
        Duration before = medianToIdle(alice, bob);
        send(alice, "eve@hole.example", 1000);

        Duration meanwhile = medianToIdle(alice, bob);

        assertThat(bob.messageCount()).isEqualTo(2 * SAMPLES);
        assertThat(NETWORK.waiting("hole.example")).isEqualTo(1000);
        System.out.printf(
                "From DATA to IDLE on another server, median of %d: %d us; with 1,000 messages for a black hole: %d us%n",
                SAMPLES, before.toNanos() / 1000, meanwhile.toNanos() / 1000);
    }

    /** Sends one message after another, and has each announced before the next. */
    private static Duration medianToIdle(MailAccount sender, MailAccount recipient) {
        int there = recipient.messageCount();
        List<Duration> times = new ArrayList<>();
        try (ImapDialogue imap = recipient.imap();
                SmtpDialogue smtp = sender.submission()) {
            imap.play("""
                    C: a1 SELECT INBOX
                    S* a1 OK
                    C: a2 IDLE
                    S: + idling
                    """);
            for (int number = there + 1; number <= there + SAMPLES; number++) {
                EncryptedMail mail = EncryptedMail.from(sender.address());
                long begin = System.nanoTime();
                smtp.send(sender.address(), recipient.address(), mail.text(), "250");
                imap.with("number", String.valueOf(number)).play("S* * ${number} EXISTS");
                times.add(Duration.ofNanos(System.nanoTime() - begin));
            }
        }
        Collections.sort(times);
        return times.get(SAMPLES / 2);
    }

    private static String unfolded(String mail) {
        return mail.replaceAll("\r?\n[ \t]+", " ");
    }
}
