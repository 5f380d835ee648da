package org.jameschatmail.integration.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.integration.network.MailNetwork.send;

import java.util.List;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers on hosts of their own, at the real ports: ours with each other, and with Postfix and opendkim. */
class NetworkIT {
    private static final String DANA = "dana@postfix.example";

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
        send(alice, "eve@hole.example", 1000);

        send(alice, bob.address(), 50);

        NETWORK.await(() -> bob.messageCount() == 50);
        assertThat(NETWORK.waiting("hole.example")).isEqualTo(1000);
    }

    private static String unfolded(String mail) {
        return mail.replaceAll("\r?\n[ \t]+", " ");
    }
}
