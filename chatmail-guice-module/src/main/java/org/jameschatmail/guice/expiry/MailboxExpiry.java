package org.jameschatmail.guice.expiry;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.jameschatmail.core.configuration.QuotaConfiguration;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.jameschatmail.core.expiry.Clearing;
import org.jameschatmail.core.expiry.MessageCutoffs;
import org.jameschatmail.guice.mailbox.AccountMail;
import org.jameschatmail.guice.mailbox.AccountMail.Fullness;
import org.jameschatmail.guice.mailbox.MailboxPlace;
import org.jameschatmail.guice.mailbox.OldMessage;
import org.jameschatmail.guice.mailbox.OldMessages;
import org.jameschatmail.guice.mailbox.Removed;

/** Removes messages, a hundred in a transaction: old ones, and the oldest of an account that fills up. Thread-safe. */
@Singleton
final class MailboxExpiry {
    private static final int AT_ONCE = 100;
    private static final int OLDEST_AT_ONCE = 1000;

    private final OldMessages messages;
    private final AccountMail mail;
    private final RetentionConfiguration retention;
    private final Clearing clearing;
    private final Clock clock;

    @Inject
    MailboxExpiry(
            OldMessages messages,
            AccountMail mail,
            RetentionConfiguration retention,
            QuotaConfiguration quota,
            Clock clock) {
        this.messages = messages;
        this.mail = mail;
        this.retention = retention;
        this.clearing = new Clearing(quota);
        this.clock = clock;
    }

    /** Removes what is too old in a mailbox; with an INBOX, looks at what its account stores in all. */
    void visit(Run run, MailboxPlace mailbox) throws Exception {
        run.visitedMailbox();
        if (mailbox.messages() == 0) {
            return;
        }
        removeExpired(run, mailbox, MessageCutoffs.at(clock.instant(), retention));
        if (mailbox.path().isInbox()) {
            makeRoom(run, mailbox.owner());
        }
    }

    /** Removes all messages of an account's mailboxes. */
    void empty(Run run, Username owner) throws Exception {
        for (MailboxPlace mailbox : messages.mailboxesOf(owner)) {
            removeExpired(run, mailbox, new MessageCutoffs(Instant.ofEpochMilli(Long.MAX_VALUE), Instant.EPOCH, 0));
        }
    }

    private void removeExpired(Run run, MailboxPlace mailbox, MessageCutoffs cutoffs) throws Exception {
        List<OldMessage> found = new ArrayList<>();
        long after = 0;
        do {
            long from = after;
            found.clear();
            run.work(() -> {
                found.addAll(messages.expired(mailbox.place(), cutoffs, from, AT_ONCE));
                return found.isEmpty()
                        ? 0
                        : run.removed(run.removes() ? messages.removeExpired(mailbox, found, cutoffs) : sumOf(found));
            });
            after = found.isEmpty() ? after : found.get(found.size() - 1).uid();
        } while (found.size() == AT_ONCE);
    }

    private static Removed sumOf(List<OldMessage> found) {
        return new Removed(
                found.size(), found.stream().mapToLong(OldMessage::octets).sum());
    }

    /**
     * Removes the oldest messages of an account that is above its share.
     *
     * @return {@code false} when it stays above, for all the rest is protected
     */
    boolean makeRoom(Run run, Username owner) throws Exception {
        OptionalLong surplus = surplus(owner);
        while (surplus.isPresent()) {
            List<OldMessage> oldest = oldest(owner, surplus.getAsLong());
            if (oldest.isEmpty()) {
                return false;
            }
            Map<Long, MailboxPlace> mailboxes = messages.mailboxesOf(owner).stream()
                    .collect(Collectors.toMap(MailboxPlace::place, mailbox -> mailbox));
            for (List<OldMessage> part : parts(oldest)) {
                Optional<MailboxPlace> mailbox =
                        Optional.ofNullable(mailboxes.get(part.get(0).mailbox()));
                if (mailbox.isPresent()) {
                    run.work(() -> run.removed(run.removes() ? messages.remove(mailbox.get(), part) : sumOf(part)));
                }
            }
            if (!run.removes()) {
                return true;
            }
            surplus = surplus(owner);
        }
        return true;
    }

    private OptionalLong surplus(Username owner) throws MailboxException {
        Fullness fullness = mail.fullness(owner);
        return fullness.limit().isPresent()
                ? clearing.surplus(fullness.used(), fullness.limit().get())
                : OptionalLong.empty();
    }

    /** The oldest messages of all mailboxes of an account, as many as are needed to free so many octets. */
    private List<OldMessage> oldest(Username owner, long octets) throws MailboxException {
        Instant before = clearing.protectedSince(clock.instant());
        List<OldMessage> all = new ArrayList<>();
        for (MailboxPlace mailbox : messages.mailboxesOf(owner)) {
            all.addAll(messages.oldest(mailbox.place(), before, OLDEST_AT_ONCE));
        }
        all.sort(Comparator.comparing(OldMessage::arrival).thenComparing(OldMessage::uid));
        long freed = 0;
        List<OldMessage> enough = new ArrayList<>();
        for (OldMessage message : all) {
            if (freed >= octets) {
                break;
            }
            enough.add(message);
            freed += message.octets();
        }
        return enough;
    }

    /** By mailbox, each part small enough for a transaction. */
    private static List<List<OldMessage>> parts(List<OldMessage> all) {
        Map<Long, List<OldMessage>> byMailbox = new HashMap<>();
        all.forEach(message -> byMailbox
                .computeIfAbsent(message.mailbox(), absent -> new ArrayList<>())
                .add(message));
        List<List<OldMessage>> parts = new ArrayList<>();
        for (List<OldMessage> ofMailbox : byMailbox.values()) {
            for (int from = 0; from < ofMailbox.size(); from += AT_ONCE) {
                parts.add(ofMailbox.subList(from, Math.min(ofMailbox.size(), from + AT_ONCE)));
            }
        }
        return parts;
    }
}
