package org.jameschatmail.integration.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.integration.outgoing.OutgoingServers.send;

import java.util.concurrent.atomic.AtomicInteger;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that hang up at the worst moment, and one that has an IPv6 address alone. */
class BrokenConnectionIT {
    private static final PeerCertificate UNKNOWN = PeerCertificate.of("mx.stranger.test");
    private static final PeerCertificate SIX = PeerCertificate.of("mx.six.test");

    @RegisterExtension
    static final OutgoingServers SERVERS = new OutgoingServers(SIX);

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA", ScriptedPeer.CONTENT, "."})
    void messageShouldArriveOnceWhenThePeerHangsUpTheFirstTime(String moment) {
        MailAccount alice = MailAccount.create(SERVERS.here());
        AtomicInteger reached = new AtomicInteger();
        try (ScriptedPeer peer = ScriptedPeer.start(
                "127.0.0.15",
                SERVERS.smtpPort(),
                UNKNOWN,
                command ->
                        command.startsWith(moment) && reached.getAndIncrement() == 0 ? ScriptedPeer.HANG_UP : null)) {
            EncryptedMail mail = send(alice, "bob@[127.0.0.15]");

            SERVERS.await(() -> !peer.taken().isEmpty());
            SERVERS.await(() -> SERVERS.waiting("[127.0.0.15]") == 0);
            assertThat(reached).hasValueGreaterThan(1);
            assertThat(peer.taken()).extracting(ScriptedPeer.Taken::messageId).containsExactly(mail.messageId());
        }
    }

    @Test
    void messageShouldReachAPeerByIpv6() throws Exception {
        MailAccount alice = MailAccount.create(SERVERS.here());
        SERVERS.host("six.test", "mx.six.test", "::1");
        try (ScriptedPeer peer = ScriptedPeer.start("::1", SERVERS.smtpPort(), SIX, command -> null)) {
            EncryptedMail mail = send(alice, "bob@six.test");

            SERVERS.await(() -> !peer.taken().isEmpty());
            assertThat(peer.taken().get(0).messageId()).isEqualTo(mail.messageId());
            assertThat(peer.taken().get(0).recipients()).containsExactly("bob@six.test");
        }
    }
}
