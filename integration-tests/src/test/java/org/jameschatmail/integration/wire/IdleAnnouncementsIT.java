package org.jameschatmail.integration.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * No session that idles misses a message. Messages come in bursts from several senders at once, and after each burst
 * every session has to know of all of them with nothing coming after that could make up for one that was missed.
 * {@code mvn -P long} delivers 100,000.
 */
class IdleAnnouncementsIT {
    private static final int ACCOUNTS = 10;
    private static final int SESSIONS = 100;
    private static final int SENDERS = 4;
    private static final int BURST = 20;
    private static final int MESSAGES = Integer.getInteger("chatmail.idle.messages", 2_000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost")
            .set("send.rate.per-minute", "0")
            .set("quota.storage", "10GB"));

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void idleSessionShouldMissNoMessageWhenManyIdle() throws Exception {
        List<MailAccount> accounts = IntStream.range(0, ACCOUNTS)
                .mapToObj(number -> MailAccount.create(SERVER.server()))
                .toList();
        List<IdleSession> sessions = new ArrayList<>();
        List<SmtpDialogue> senders = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                IdleSession session = new IdleSession(accounts.get(i % ACCOUNTS));
                sessions.add(session);
                threads.execute(session);
            }
            for (int i = 0; i < SENDERS; i++) {
                senders.add(accounts.get(i).submission());
            }
            for (int delivered = 0; delivered < MESSAGES; delivered += SENDERS * BURST) {
                burst(senders, accounts);
                int there = delivered + SENDERS * BURST;
                Deadline deadline = Deadline.after(PATIENCE);
                for (IdleSession session : sessions) {
                    assertThat(session.awaitExists(there, deadline)).isEqualTo(there);
                }
            }
            for (IdleSession session : sessions) {
                assertThat(session.missed()).as("untold until DONE").isEmpty();
            }
        } finally {
            sessions.forEach(IdleSession::close);
            senders.forEach(SmtpDialogue::close);
            threads.shutdownNow();
        }
    }

    /** In a prototype, now and then, the {@code +} never came. */
    @Test
    void idleShouldStartEachTimeWhenItFollowsUidFetch() {
        MailAccount account = MailAccount.create(SERVER.server());
        try (SmtpDialogue smtp = account.submission();
                LineConnection imap = LineConnection.tls(SERVER.server().ports().imaps())) {
            send(smtp, List.of(account));
            imap.write("a LOGIN \"" + account.address() + "\" \"" + account.password() + "\"\r\n");
            readUntil(imap, "a OK");
            imap.write("b SELECT INBOX\r\n");
            readUntil(imap, "b OK");
            for (int i = 0; i < 1_000; i++) {
                imap.write("f" + i + " UID FETCH 1:500 (FLAGS BODY.PEEK[])\r\ni" + i + " IDLE\r\n");
                readUntil(imap, "f" + i + " OK");
                readUntil(imap, "+ idling");
                imap.write("DONE\r\n");
                readUntil(imap, "i" + i + " OK");
            }
        }
    }

    private static void readUntil(LineConnection imap, String start) {
        assertThat(Stream.generate(imap::readLine).map(Optional::orElseThrow).anyMatch(line -> line.startsWith(start)))
                .isTrue();
    }

    /** Each sender sends to all accounts, at the same time as the others. */
    private void burst(List<SmtpDialogue> senders, List<MailAccount> accounts) throws Exception {
        List<Future<?>> sending = new ArrayList<>();
        for (SmtpDialogue smtp : senders) {
            sending.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < BURST; i++) {
                            send(smtp, accounts);
                        }
                    },
                    threads));
        }
        for (Future<?> one : sending) {
            one.get();
        }
    }

    private static void send(SmtpDialogue smtp, List<MailAccount> accounts) {
        String sender = smtp.variable("sender");
        StringBuilder script = new StringBuilder("C: MAIL FROM:<${sender}>\nS: 250\n");
        for (MailAccount account : accounts) {
            script.append("C: RCPT TO:<").append(account.address()).append(">\nS: 250\n");
        }
        script.append("C: DATA\nS: 354\nC: ${mail}\nC: .\nS: 250\n");
        smtp.with("mail", EncryptedMail.from(sender).text()).play(script.toString());
    }
}
