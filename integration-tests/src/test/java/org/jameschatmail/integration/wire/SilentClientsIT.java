package org.jameschatmail.integration.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that ask for large messages and don't take them; together these are larger than the heap. */
class SilentClientsIT {
    private static final int LARGE_MESSAGES = 8;
    private static final int LARGE_OCTETS = 16 * 1024 * 1024;
    private static final int SILENT_CLIENTS = 10;

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("imap.append", "any")
            .environment("CHATMAIL_JAVA_OPTS", "-Xmx200m"));

    @Test
    void memoryShouldBeBoundedAndOthersServedWhenClientsDoNotRead() {
        MailAccount account = MailAccount.create(SERVER.server());
        appendLargeMessages(account);
        List<ImapDialogue> silent = new ArrayList<>();
        try (ImapDialogue reader = account.imap()) {
            for (int i = 0; i < SILENT_CLIENTS; i++) {
                silent.add(account.imap().play("""
                        C: a SELECT INBOX
                        S* a OK
                        C: b FETCH 1:* BODY.PEEK[]
                        S: * 1 FETCH
                        """));
            }
            reader.with("last", String.valueOf(LARGE_MESSAGES)).play("""
                    C: c SELECT INBOX
                    S* c OK
                    C: d FETCH 1:* BODY.PEEK[]
                    S? \\* ${last} FETCH .*
                    S* d OK
                    """);
        } finally {
            silent.forEach(ImapDialogue::close);
        }
        assertThat(SERVER.server().isRunning()).isTrue();
    }

    private static void appendLargeMessages(MailAccount account) {
        String header = "Subject: large\r\n\r\n";
        String line = "x".repeat(16 * 1024 - 2) + "\r\n";
        String message = header + line.repeat(LARGE_OCTETS / line.length());
        try (ImapDialogue imap = account.imap()) {
            imap.with("message", message).with("length", String.valueOf(message.length()));
            for (int i = 0; i < LARGE_MESSAGES; i++) {
                imap.play("""
                        C: m APPEND INBOX {${length}+}
                        C: ${message}
                        S* m OK
                        """);
            }
        }
    }
}
