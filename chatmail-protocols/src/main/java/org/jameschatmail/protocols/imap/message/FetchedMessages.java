package org.jameschatmail.protocols.imap.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.imap.api.message.FetchData;
import org.apache.james.imap.api.message.FetchData.Item;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.response.FetchResponse;
import org.apache.james.imap.processor.fetch.EnvelopeBuilder;
import org.apache.james.imap.processor.fetch.FetchResponseBuilder;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.MessageResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The replies of one FETCH, read from the store part by part as they are asked for. A part has at most
 * {@value #MOST_MESSAGES} messages, and where bodies are read, as many as come to {@value #MOST_BODY_BYTES} octets, or
 * one that is larger. For one subscriber at a time.
 */
final class FetchedMessages {
    private static final Logger LOGGER = LoggerFactory.getLogger(FetchedMessages.class);
    private static final int MOST_MESSAGES = 100;

    /** For {@code concatMap}: what comes next is read when what was before is done with, not ahead of it. */
    static final int NO_PREFETCH = 0;

    private static final long MOST_BODY_BYTES = 1024 * 1024;

    private final FetchData fetch;
    private final MessageManager mailbox;
    private final SelectedMailbox selected;
    private final MailboxSession session;
    private final FetchGroup group;
    private final FetchResponseBuilder builder = new FetchResponseBuilder(new EnvelopeBuilder());

    FetchedMessages(FetchData fetch, MessageManager mailbox, SelectedMailbox selected, MailboxSession session) {
        this.fetch = fetch;
        this.mailbox = mailbox;
        this.selected = selected;
        this.session = session;
        this.group = FetchGroups.of(fetch);
    }

    /** All of them between two messages that are there. */
    Flux<FetchResponse> in(MessageRange range) {
        Flux<MessageRange> parts = Flux.fromIterable(parts(range));
        if (fetch.isOnlyFlags()) {
            return parts.concatMap(this::flags, NO_PREFETCH);
        }
        return FetchGroups.readsBodies(fetch)
                ? parts.concatMap(this::bySize, NO_PREFETCH).concatMap(this::messages, NO_PREFETCH)
                : parts.concatMap(this::messages, NO_PREFETCH);
    }

    private List<MessageRange> parts(MessageRange range) {
        int first = number(range.getUidFrom());
        int last = number(range.getUidTo());
        if (first == 0 || last == 0) {
            return List.of(range);
        }
        List<MessageRange> parts = new ArrayList<>();
        for (int from = first; from <= last; from += MOST_MESSAGES) {
            Optional<MessageUid> start = selected.uid(from);
            Optional<MessageUid> end = selected.uid(Math.min(last, from + MOST_MESSAGES - 1));
            if (start.isPresent() && end.isPresent()) {
                parts.add(MessageRange.range(start.get(), end.get()));
            }
        }
        return parts;
    }

    private int number(MessageUid uid) {
        return selected.msn(uid).foldSilent(() -> 0, msn -> msn.asInt());
    }

    private Flux<MessageRange> bySize(MessageRange part) {
        if (part.getUidFrom().equals(part.getUidTo())) {
            return Flux.just(part);
        }
        return read(part, FetchGroup.MINIMAL).collectList().flatMapIterable(FetchedMessages::bySize);
    }

    private static List<MessageRange> bySize(List<MessageResult> messages) {
        List<MessageRange> parts = new ArrayList<>();
        long bytes = 0;
        int start = 0;
        for (int i = 0; i < messages.size(); i++) {
            long size = messages.get(i).getSize();
            if (i > start && bytes + size > MOST_BODY_BYTES) {
                parts.add(MessageRange.range(
                        messages.get(start).getUid(), messages.get(i - 1).getUid()));
                start = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (start < messages.size()) {
            parts.add(MessageRange.range(
                    messages.get(start).getUid(),
                    messages.get(messages.size() - 1).getUid()));
        }
        return parts;
    }

    private Flux<MessageResult> read(MessageRange part, FetchGroup what) {
        return Flux.defer(() -> mailbox.getMessagesReactive(part, what, session));
    }

    private Flux<FetchResponse> flags(MessageRange part) {
        return Flux.defer(() -> mailbox.listMessagesMetadata(part, session))
                .filter(message -> isChanged(message.getModSeq()))
                .concatMap(
                        message -> response(() -> builder.build(fetch, message, mailbox, selected, session)),
                        NO_PREFETCH);
    }

    private Flux<FetchResponse> messages(MessageRange part) {
        return read(part, group)
                .filter(message -> isChanged(message.getModSeq()))
                .concatMap(
                        message -> response(() -> builder.build(fetch, message, mailbox, selected, session)),
                        NO_PREFETCH);
    }

    private boolean isChanged(ModSeq modSeq) {
        return !fetch.contains(Item.MODSEQ) || modSeq.asLong() > fetch.getChangedSince();
    }

    /** A message that has gone meanwhile, or can't be read, is passed over. */
    private static Mono<FetchResponse> response(Building building) {
        try {
            return building.build();
        } catch (MessageRangeException e) {
            return Mono.empty();
        } catch (MailboxException e) {
            LOGGER.error("A message can't be fetched: {}", e.getClass().getName());
            LOGGER.debug("It can't be fetched because of", e);
            return Mono.empty();
        }
    }

    @FunctionalInterface
    private interface Building {
        Mono<FetchResponse> build() throws MailboxException;
    }
}
