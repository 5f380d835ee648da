package org.jameschatmail.integration.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A client that selects, fetches what is new up to UIDNEXT and deletes it, over and over, while messages come in: how a
 * messenger reads. It never asks again for a UID below the UIDNEXT that it was told.
 */
class DeliveryWhileReadingIT {
    private static final int SENDERS = 3;
    private static final int MESSAGES_EACH = 80;
    private static final Pattern FETCHED = Pattern.compile("S: \\* [0-9]+ FETCH \\(UID ([0-9]+)\\)");

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(
            ServerSettings.forDomain("chat.localhost").set("send.rate.per-minute", "0"));

    @Test
    void eachMessageShouldBeFetchedOnceWhenItComesInBetweenSelectAndDeletion() {
        MailAccount reader = MailAccount.create(SERVER.server());
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            MailAccount account = MailAccount.create(SERVER.server());
            senders.add(CompletableFuture.runAsync(() -> send(account, reader)));
        }

        List<Long> fetched = new ArrayList<>();
        try (ImapDialogue imap = reader.imap()) {
            Deadline deadline = Deadline.after(Duration.ofMinutes(2));
            long next = 1;
            while (next <= SENDERS * MESSAGES_EACH && !deadline.hasPassed()) {
                next = fetchAndDelete(imap, next, fetched);
            }
        }

        senders.forEach(CompletableFuture::join);
        assertThat(fetched)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, SENDERS * MESSAGES_EACH)
                        .boxed()
                        .toList());
    }

    private static void send(MailAccount sender, MailAccount reader) {
        try (SmtpDialogue smtp = sender.submission()) {
            for (int message = 0; message < MESSAGES_EACH; message++) {
                smtp.send(
                        sender.address(),
                        reader.address(),
                        EncryptedMail.from(sender.address()).text(),
                        "250");
            }
        }
    }

    /** One round: adds the UIDs from {@code next} on below UIDNEXT, and gives that UIDNEXT. */
    private static long fetchAndDelete(ImapDialogue imap, long next, List<Long> fetched) {
        imap.play("""
                C: a1 SELECT INBOX
                S? .*UIDNEXT (?<uidNext>[0-9]+).*
                S* a1 OK
                """);
        long uidNext = Long.parseLong(imap.variable("uidNext"));
        if (uidNext > next) {
            int before = imap.transcript().size();
            imap.with("range", next + ":" + (uidNext - 1)).play("""
                    C: a2 UID FETCH ${range} (UID)
                    S* a2 OK
                    C: a3 UID STORE ${range} +FLAGS.SILENT (\\Deleted)
                    S* a3 OK
                    C: a4 CLOSE
                    S* a4 OK
                    """);
            List<String> transcript = imap.transcript();
            transcript.subList(before, transcript.size()).stream()
                    .map(FETCHED::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> fetched.add(Long.parseLong(line.group(1))));
        }
        return uidNext;
    }
}
