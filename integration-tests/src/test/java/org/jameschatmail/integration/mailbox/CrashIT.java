package org.jameschatmail.integration.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;

/**
 * A server that is killed (SIGKILL) while several clients send, over and over: what it has acknowledged is there once,
 * for all recipients, under the UID it had. {@code -Dchatmail.crash.rounds=20} kills it twenty times.
 */
class CrashIT {
    private static final int ROUNDS = Integer.getInteger("chatmail.crash.rounds", 2);
    private static final int SENDERS = 4;
    private static final int RECIPIENTS = 6;
    private static final int MAX_MESSAGES = 150;
    private static final Pattern UID = Pattern.compile("S: \\* [0-9]+ FETCH .*UID ([0-9]+).*");
    private static final Pattern MESSAGE_ID = Pattern.compile("S: Message-ID: <(.*)>", Pattern.CASE_INSENSITIVE);

    /** Who a message was sent to. */
    private record Sent(String messageId, List<MailAccount> recipients) {}

    private final Random random = new Random();
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final Queue<Sent> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void acknowledgedMessagesShouldBeThereOnceWhenTheServerIsKilled() {
        ServerSettings settings = ServerSettings.forDomain("chat.localhost").set("send.rate.per-minute", "0");
        try (ChatmailServer server = ChatmailServer.start(settings)) {
            List<MailAccount> senders = accounts(server, SENDERS);
            List<MailAccount> recipients = accounts(server, RECIPIENTS);
            Map<MailAccount, Map<Long, String>> before = Map.of();
            for (int round = 0; round < ROUNDS; round++) {
                killWhileSending(server, senders, recipients);
                server.restart();
                Map<MailAccount, Map<Long, String>> mailboxes = read(recipients);
                assertNothingLostOrDoubled(mailboxes);
                assertUidsKept(before, mailboxes);
                before = mailboxes;
            }
        }
    }

    private static List<MailAccount> accounts(ChatmailServer server, int count) {
        return Stream.generate(() -> MailAccount.create(server)).limit(count).toList();
    }

    private void killWhileSending(ChatmailServer server, List<MailAccount> senders, List<MailAccount> recipients) {
        int end = acknowledged.size() + 10 + random.nextInt(MAX_MESSAGES);
        List<CompletableFuture<Void>> running = senders.stream()
                .map(sender -> CompletableFuture.runAsync(() -> send(sender, recipients)))
                .toList();
        Deadline deadline = Deadline.after(Duration.ofMinutes(2));
        while (acknowledged.size() < end && !deadline.hasPassed()) {
            Thread.onSpinWait();
        }
        server.kill();
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(end);
    }

    /** Until the connection breaks. */
    private void send(MailAccount sender, List<MailAccount> recipients) {
        try (SmtpDialogue smtp = sender.submission()) {
            while (true) {
                EncryptedMail mail = EncryptedMail.from(sender.address());
                int first = random.nextInt(RECIPIENTS);
                Sent message = new Sent(
                        mail.messageId(),
                        Stream.of(0, 1, 3)
                                .map(step -> recipients.get((first + step) % RECIPIENTS))
                                .toList());
                sent.add(message);
                smtp.with("a", message.recipients().get(0).address())
                        .with("b", message.recipients().get(1).address())
                        .with("c", message.recipients().get(2).address())
                        .with("mail", mail.text())
                        .play("""
                                C: MAIL FROM:<${sender}>
                                C: RCPT TO:<${a}>
                                C: RCPT TO:<${b}>
                                C: RCPT TO:<${c}>
                                C: DATA
                                S: 250
                                S: 250
                                S: 250
                                S: 250
                                S: 354
                                C: ${mail}
                                C: .
                                S: 250
                                """);
                acknowledged.add(message);
            }
        } catch (AssertionError | RuntimeException killed) {
            assertThat(killed).hasMessageNotContaining("S: 4").hasMessageNotContaining("S: 5");
        }
    }

    private static Map<MailAccount, Map<Long, String>> read(List<MailAccount> recipients) {
        Map<MailAccount, Map<Long, String>> mailboxes = new HashMap<>();
        recipients.forEach(recipient -> mailboxes.put(recipient, messageIds(recipient)));
        return mailboxes;
    }

    private static Map<Long, String> messageIds(MailAccount account) {
        Map<Long, String> messageIds = new LinkedHashMap<>();
        try (ImapDialogue imap = account.imap()) {
            imap.play("""
                    C: a1 SELECT INBOX
                    S* a1 OK
                    C: a2 UID FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])
                    S* a2 OK
                    """);
            long uid = 0;
            for (String line : imap.transcript()) {
                Matcher fetched = UID.matcher(line);
                Matcher messageId = MESSAGE_ID.matcher(line);
                if (fetched.matches()) {
                    uid = Long.parseLong(fetched.group(1));
                } else if (messageId.matches()) {
                    messageIds.put(uid, messageId.group(1));
                }
            }
        }
        return messageIds;
    }

    private void assertNothingLostOrDoubled(Map<MailAccount, Map<Long, String>> mailboxes) {
        for (Map.Entry<MailAccount, Map<Long, String>> mailbox : mailboxes.entrySet()) {
            Collection<String> stored = mailbox.getValue().values();
            assertThat(stored).doesNotHaveDuplicates().containsAll(sentTo(mailbox.getKey(), acknowledged));
            assertThat(sentTo(mailbox.getKey(), sent)).containsAll(stored);
        }
        Set<String> answered =
                Set.copyOf(acknowledged.stream().map(Sent::messageId).toList());
        sent.stream()
                .filter(message -> !answered.contains(message.messageId()))
                .forEach(message -> assertThat(message.recipients().stream()
                                .map(recipient -> mailboxes.get(recipient).containsValue(message.messageId()))
                                .distinct())
                        .as("all recipients have a message without an answer, or none")
                        .hasSize(1));
    }

    private static List<String> sentTo(MailAccount recipient, Collection<Sent> messages) {
        return new ArrayList<>(messages)
                .stream()
                        .filter(message -> message.recipients().contains(recipient))
                        .map(Sent::messageId)
                        .toList();
    }

    private static void assertUidsKept(
            Map<MailAccount, Map<Long, String>> before, Map<MailAccount, Map<Long, String>> after) {
        before.forEach((account, messages) -> {
            assertThat(after.get(account)).containsAllEntriesOf(messages);
            long last =
                    messages.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
            assertThat(after.get(account).keySet())
                    .filteredOn(uid -> !messages.containsKey(uid))
                    .allMatch(uid -> uid > last);
        });
    }
}
