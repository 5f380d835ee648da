package org.jameschatmail.integration.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What James 3.8.1 gets wrong over IMAP, asked of the whole server; docs/imap.md lists it. */
class HostileClientsIT {
    private static final int MOST_CONNECTIONS = 8;

    /** Each selected mailbox has one in the server. */
    private static final String LISTENER = "org.jameschatmail.protocols.imap.selection.MailboxWatch";

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("imap.append", "any")
            .set("imap.connections.per-network", String.valueOf(MOST_CONNECTIONS)));

    private static ImapDialogue connect() {
        return ImapDialogue.tls(SERVER.server().ports().imaps()).play("S: * OK");
    }

    private static ImapDialogue login() {
        return MailAccount.create(SERVER.server()).imap();
    }

    private static ImapDialogue loginWithMessage() {
        return login().play("""
                C: m APPEND INBOX {21+}
                C: Subject: one
                C:
                C: Hello
                S* m OK
                """);
    }

    @Test
    void literalsShouldBeBoundedBeforeLogin() {
        try (ImapDialogue imap = connect()) {
            imap.play("""
                    C: a LOGIN {5000}
                    S: a BAD
                    C: b LOGIN {2000}
                    S: +
                    C: ${address} {3000}
                    S: b BAD
                    C: c LOGIN {2000000000+}
                    S: c BAD
                    S: * BYE
                    EOF
                    """.replace("${address}", "x".repeat(2000)));
        }
    }

    @Test
    void literalsShouldBeBoundedAfterLogin() {
        try (ImapDialogue imap = login()) {
            imap.play("""
                    C: a APPEND INBOX {2000000000}
                    S: a NO [TOOBIG]
                    C: b SEARCH SUBJECT {100000}
                    S: b BAD
                    C: c APPEND INBOX {2000000000+}
                    S: c NO [TOOBIG]
                    S: * BYE
                    EOF
                    """);
        }
    }

    @Test
    void lineShouldBeBounded() {
        try (ImapDialogue imap = connect()) {
            imap.with("long", "x".repeat(9000)).play("""
                    C: a NOOP ${long}
                    S: a BAD Command line too long
                    C: b NOOP
                    S: b OK
                    """);
        }
    }

    @EnabledIfSystemProperty(named = "chatmail.tests.long", matches = "true")
    @Test
    void literalShouldNotBeWaitedForWhenItComesByTheOctet() {
        try (ImapDialogue imap = login()) {
            imap.play("""
                    C: a APPEND INBOX {1000000}
                    S: +
                    """);
            assertThat(imap.drip('x', Duration.ofMinutes(4)))
                    .hasValueSatisfying(line -> assertThat(line).startsWith("a BAD The command comes too slowly"));
            imap.play("""
                    S: * BYE
                    EOF
                    """);
        }
    }

    @Test
    void pipelinedCommandsShouldBeAnsweredInOrder() {
        try (ImapDialogue imap = loginWithMessage()) {
            StringBuilder script = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                script.append("C: t%d %s\n".formatted(i, i % 3 == 0 ? "SELECT INBOX" : "UID FETCH 1:* FLAGS"));
            }
            for (int i = 0; i < 300; i++) {
                script.append("S* t%d OK\n".formatted(i));
            }
            imap.play(script.toString());
        }
    }

    @Test
    void authenticateShouldNotEatTheNextCommand() {
        MailAccount account = MailAccount.create(SERVER.server());
        try (ImapDialogue imap = connect()) {
            imap.with("message", SmtpDialogue.base64("\0" + account.address() + "\0" + account.password()))
                    .play("""
                            C: a AUTHENTICATE PLAIN
                            C: ${message}
                            C: b SELECT INBOX
                            S: +
                            S: a OK
                            S* b OK
                            """);
        }
    }

    /** What the silent ones ask for is more than twice what the server's Java may have; too much of it ends the server. */
    @Test
    void closeShouldLetGoOfTheMailbox() {
        try (ImapDialogue imap = login()) {
            imap.play("""
                    C: a SELECT INBOX
                    S* a OK
                    """);
            assertThat(SERVER.server().instances(LISTENER)).isPositive();
            for (int i = 0; i < 20; i++) {
                imap.play("""
                        C: b CLOSE
                        S: b OK
                        C: c SELECT INBOX
                        S* c OK
                        C: d UNSELECT
                        S: d OK
                        C: e SELECT INBOX
                        S* e OK
                        """);
            }
            imap.play("""
                    C: f CLOSE
                    S: f OK
                    """);
            Deadline deadline = Deadline.after(Duration.ofSeconds(30));
            long left = SERVER.server().instances(LISTENER);
            while (left > 0 && !deadline.hasPassed()) {
                left = SERVER.server().instances(LISTENER);
            }
            assertThat(left).as("mailboxes that nobody has selected").isZero();
        }
    }

    @Test
    void examinedMailboxShouldNotBeChanged() {
        try (ImapDialogue imap = loginWithMessage()) {
            imap.play("""
                    C: a EXAMINE INBOX
                    S* a OK [READ-ONLY]
                    C: b UID STORE 1 +FLAGS (\\Deleted)
                    S: b NO [READ-ONLY]
                    C: c EXPUNGE
                    S: c NO [READ-ONLY]
                    C: d CLOSE
                    S: d OK
                    C: e SELECT INBOX
                    S? \\* 1 EXISTS
                    S* e OK
                    """);
        }
    }

    @Test
    void rangeOfAllUidsShouldCostWhatTheMailboxHolds() {
        try (ImapDialogue imap = login()) {
            imap.play("""
                    C: a SELECT INBOX
                    S* a OK
                    C: b UID STORE 1:4294967295 +FLAGS (\\Seen)
                    S: b OK
                    """);
        }
        try (ImapDialogue imap = loginWithMessage()) {
            imap.play("""
                    C: a SELECT INBOX
                    S* a OK
                    C: b UID COPY 1:4294967295 INBOX
                    S* b OK
                    C: c UID MOVE 3:4294967295 INBOX
                    S: c OK
                    C: d UID STORE 1:4294967295 +FLAGS (\\Deleted)
                    S* d OK
                    C: e UID EXPUNGE 1:4294967295
                    S* e OK
                    """);
        }
    }

    @Test
    void searchShouldBeRefusedWhenItIsTooDeep() {
        try (ImapDialogue imap = login()) {
            imap.with("nots", "NOT ".repeat(10_000))
                    .with("parentheses", "(".repeat(10_000))
                    .play("""
                            C: a SELECT INBOX
                            S* a OK
                            C: b SEARCH ${nots}ALL
                            S: b BAD
                            C: c SEARCH ${parentheses}ALL
                            S: c BAD
                            C: d SEARCH NOT NOT ALL
                            S: * SEARCH
                            S: d OK
                            """);
        }
    }

    @Test
    void connectionShouldEndWhenItsClientInflatesOutOfProportion() {
        try (ImapDialogue imap = login()) {
            imap.play("""
                    C: a COMPRESS DEFLATE
                    S: a OK
                    DEFLATE
                    C: b NOOP
                    S: b OK
                    """);
            assertThat(imap.isCutOffWhileSending("x".repeat(64 * 1024 * 1024))).isTrue();
        }
        login().close();
    }

    @Test
    void connectionsOfOneNetworkShouldBeBounded() throws Exception {
        int port = SERVER.server().ports().imap();
        InetAddress client = InetAddress.getByName("127.0.0.77");
        List<ImapDialogue> connections = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_CONNECTIONS; i++) {
                connections.add(ImapDialogue.plainFrom(client, port).play("S: * OK"));
            }
            connections.add(ImapDialogue.plainFrom(client, port).play("EOF"));
            connections.add(ImapDialogue.plainFrom(InetAddress.getByName("127.0.0.78"), port)
                    .play("S: * OK"));
        } finally {
            connections.forEach(ImapDialogue::close);
        }
    }

    @Test
    void mailboxShouldNotBeShared() {
        try (ImapDialogue imap = login()) {
            imap.play("""
                    C: a CAPABILITY
                    S~ \\* CAPABILITY (?!.*\\b(ACL|LIST-MYRIGHTS|NAMESPACE|XDELTAPUSH)\\b).* XCHATMAIL.*
                    S: a OK
                    C: b SETACL INBOX anyone lrs
                    S: b BAD
                    C: c MYRIGHTS INBOX
                    S: c BAD
                    """);
        }
    }
}
