package org.jameschatmail.integration.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerPorts;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;

/** A server that is killed (SIGKILL) in the middle of what it sends to a peer that takes what it gets. */
class OutgoingCrashIT {
    private static final int MESSAGES = 1000;
    /** That a domain gets at once: only for these can the answer be lost with the server. */
    private static final int IN_WORK = 4;

    private static final int KILLS = Integer.getInteger("chatmail.crash.kills", 2);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    static List<String> send(ChatmailServer server, int messages, String recipient) {
        List<String> acknowledged = new ArrayList<>();
        MailAccount alice = MailAccount.create(server);
        try (SmtpDialogue smtp = alice.submission()) {
            for (int count = 0; count < messages; count++) {
                EncryptedMail mail = EncryptedMail.from(alice.address());
                smtp.with("mail", mail.text()).with("recipient", recipient).play("""
                        C: MAIL FROM:<${sender}>
                        C: RCPT TO:<${recipient}>
                        C: DATA
                        S: 250
                        S: 250
                        S: 354
                        C: ${mail}
                        C: .
                        S: 250
                        """);
                acknowledged.add(mail.messageId());
            }
        }
        return acknowledged;
    }

    private static void await(BooleanSupplier condition) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(deadline.hasPassed()).isFalse();
            Thread.onSpinWait();
        }
    }

    @Test
    void acknowledgedMessagesShouldArriveOnceWhenTheServerIsKilled() {
        ServerPorts peerPorts = ServerPorts.free();
        ServerSettings settings = ServerSettings.forDomain("here.test")
                .set("send.rate.per-minute", "0")
                .set("queue.retry.first", "1s")
                .environment("JAVA_TOOL_OPTIONS", "-Dchatmail.remote.smtp-port=" + peerPorts.smtp());
        PeerCertificate certificate = PeerCertificate.of("peer.test");
        try (ScriptedPeer peer = ScriptedPeer.start(
                        "127.0.0.2",
                        peerPorts.smtp(),
                        certificate,
                        command -> command.startsWith("MAIL") ? "451 4.3.0 Wait" : null);
                ChatmailServer server = ChatmailServer.start(settings)) {
            List<String> acknowledged = send(server, MESSAGES, "bob@[127.0.0.2]");
            peer.script(command -> null);
            for (int kill = 1; kill <= KILLS; kill++) {
                int killAt = kill * MESSAGES / (KILLS + 1);
                await(() -> peer.taken().size() >= killAt);
                server.kill();
                server.restart();
            }

            await(() -> messageIds(peer).containsAll(acknowledged));
            assertThat(Set.copyOf(acknowledged)).containsAll(messageIds(peer));
            int doubles = peer.taken().size() - MESSAGES;
            System.out.printf("%d of %d messages came twice, after %d kills%n", doubles, MESSAGES, KILLS);
            assertThat(doubles).isBetween(0, KILLS * IN_WORK);
            assertThat(peer.taken())
                    .allSatisfy(taken -> assertThat(taken.recipients()).containsExactly("bob@[127.0.0.2]"));
        }
    }

    private static Set<String> messageIds(ScriptedPeer peer) {
        return peer.taken().stream().map(ScriptedPeer.Taken::messageId).collect(Collectors.toSet());
    }
}
