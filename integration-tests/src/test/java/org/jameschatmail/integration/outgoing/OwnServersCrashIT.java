package org.jameschatmail.integration.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers of ours, one of which is killed (SIGKILL) while they are busy with each other. */
class OwnServersCrashIT {
    private static final int MESSAGES = Integer.getInteger("chatmail.crash.messages", 150);
    private static final int KILLS = Integer.getInteger("chatmail.crash.kills", 2);

    @RegisterExtension
    static final OutgoingServers SERVERS = new OutgoingServers(PeerCertificate.of("nobody.test"));

    private enum Victim {
        SENDER,
        RECEIVER
    }

    private static List<String> messageIds(MailAccount account) {
        try (ImapDialogue imap = account.imap()) {
            imap.play("""
                    C: a1 SELECT INBOX
                    S* a1 OK
                    C: a2 FETCH 1:* (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])
                    S* a2 OK
                    """);
            return imap.transcript().stream()
                    .filter(line -> line.startsWith("S: Message-ID: <"))
                    .map(line -> line.substring(line.indexOf('<') + 1, line.indexOf('>')))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgedMessagesShouldBeInTheMailboxOnceWhenAServerIsKilled(Victim victim) throws Exception {
        String domain = victim.name().toLowerCase(Locale.ROOT) + "-crash.test";
        ChatmailServer receiver = SERVERS.there();
        try (ChatmailServer sender =
                ChatmailServer.start(SERVERS.settings(domain).set("queue.lifetime", "10m"))) {
            SERVERS.publishKeys(sender);
            MailAccount bob = MailAccount.create(receiver);
            receiver.kill();
            List<String> acknowledged = OutgoingCrashIT.send(sender, MESSAGES, bob.address());
            receiver.restart();

            ChatmailServer killed = victim == Victim.SENDER ? sender : receiver;
            for (int kill = 1; kill <= KILLS; kill++) {
                int killAt = kill * MESSAGES / (KILLS + 1);
                SERVERS.await(() -> bob.messageCount() >= killAt);
                killed.kill();
                killed.restart();
            }

            SERVERS.await(() -> OutgoingServers.waiting(sender, "there.test") == 0);
            assertThat(messageIds(bob)).containsExactlyInAnyOrderElementsOf(acknowledged);
        }
    }
}
