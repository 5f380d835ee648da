package org.jameschatmail.protocols.imap.message;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.FetchData;
import org.apache.james.imap.api.message.FetchData.Item;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.jameschatmail.protocols.imap.Outflow;
import org.jameschatmail.protocols.imap.StatusReply;
import org.jameschatmail.protocols.imap.selection.SelectedMessages;
import org.jameschatmail.protocols.imap.selection.TrackedMailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * FETCH and UID FETCH. Reads from the store no more than a part at a time, and the next message when the client has
 * taken the one before it; ends when the client is gone. A UID that is nowhere is passed over, in an empty mailbox too.
 * In a read-only mailbox {@code BODY[]} sets no flag. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3501#section-6.4.5">RFC 3501, section 6.4.5</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7162#section-3.1.4">RFC 7162, section 3.1.4</a>
 */
public final class PacedFetchProcessor extends AbstractMailboxProcessor<FetchRequest> {
    private static final Logger LOGGER = LoggerFactory.getLogger(PacedFetchProcessor.class);

    @Inject
    public PacedFetchProcessor(
            MailboxManager mailboxManager, StatusResponseFactory statusResponses, MetricFactory metricFactory) {
        super(FetchRequest.class, mailboxManager, statusResponses, metricFactory);
    }

    @Override
    protected Mono<Void> processRequestReactive(FetchRequest request, ImapSession session, Responder responder) {
        Set<Capability> enabled = EnableProcessor.getEnabledCapabilities(session);
        FetchData fetch = data(request, session, enabled.contains(ImapConstants.SUPPORTS_QRESYNC));
        if (fetch.getVanished() && !enabled.contains(ImapConstants.SUPPORTS_QRESYNC)) {
            taggedBad(request, responder, HumanReadableText.QRESYNC_NOT_ENABLED);
            return Mono.empty();
        }
        if (fetch.getVanished() && fetch.getChangedSince() == -1) {
            taggedBad(request, responder, HumanReadableText.QRESYNC_VANISHED_WITHOUT_CHANGEDSINCE);
            return Mono.empty();
        }
        return selected(session)
                .flatMap(selected -> enableCondstore(fetch, selected.getMessageManager(), session, responder)
                        .then(Mono.defer(() -> fetch(fetch, selected, request, session, responder))))
                .onErrorResume(MessageRangeException.class, e -> {
                    taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET);
                    return Mono.empty();
                })
                .onErrorResume(MailboxException.class, e -> {
                    LOGGER.error(
                            "Messages could not be fetched: {}", e.getClass().getName());
                    LOGGER.debug("They could not be fetched because of", e);
                    responder.respond(StatusReply.no(request, "UNAVAILABLE", "Not fetched, try again"));
                    return Mono.empty();
                })
                .onErrorResume(ClosedChannelException.class, gone -> Mono.empty());
    }

    /** James asks the store at each FETCH which mailbox that is, though it stays the same while it is selected. */
    private static Mono<SelectedMailbox> selected(ImapSession session) {
        return Mono.justOrEmpty(session.getSelected())
                .switchIfEmpty(Mono.error(() -> new MailboxException("No mailbox is selected")));
    }

    /** With QRESYNC each reply has the UID. */
    private static FetchData data(FetchRequest request, ImapSession session, boolean qresync) {
        boolean readOnly = session.getSelected() instanceof TrackedMailbox selected && selected.isReadOnly();
        FetchData asked = readOnly ? FetchGroups.peeking(request.getFetch()) : request.getFetch();
        return qresync ? FetchData.Builder.from(asked).fetch(Item.UID).build() : asked;
    }

    private Mono<Void> enableCondstore(
            FetchData fetch, MessageManager mailbox, ImapSession session, Responder responder) {
        boolean enables = fetch.getChangedSince() != -1 || fetch.contains(Item.MODSEQ);
        if (!enables || EnableProcessor.getEnabledCapabilities(session).contains(ImapConstants.SUPPORTS_CONDSTORE)) {
            return Mono.empty();
        }
        try {
            return mailbox.getMetaDataReactive(
                            MailboxMetaData.RecentMode.IGNORE,
                            session.getMailboxSession(),
                            EnumSet.of(MailboxMetaData.Item.HighestModSeq))
                    .doOnNext(description -> condstoreEnablingCommand(session, responder, description, true))
                    .then();
        } catch (MailboxException e) {
            return Mono.error(e);
        }
    }

    private Mono<Void> fetch(
            FetchData fetch, SelectedMailbox selected, FetchRequest request, ImapSession session, Responder responder) {
        List<MessageRange> ranges;
        try {
            ranges = ranges(request, selected, session);
        } catch (MessageRangeException e) {
            return Mono.error(e);
        }
        if (fetch.getVanished()) {
            respondVanished(selected, asked(request, selected), responder);
        }
        Outflow outflow = Outflow.of(session);
        FetchedMessages messages =
                new FetchedMessages(fetch, selected.getMessageManager(), selected, session.getMailboxSession());
        return Flux.fromIterable(ranges)
                .concatMap(messages::in, FetchedMessages.NO_PREFETCH)
                .concatMap(
                        response -> {
                            responder.respond(response);
                            return outflow.room();
                        },
                        FetchedMessages.NO_PREFETCH)
                .then(Mono.defer(
                        () -> unsolicitedResponses(session, responder, !request.isUseUids(), request.isUseUids())))
                .then(Mono.fromRunnable(() -> okComplete(request, responder)));
    }

    private List<MessageRange> ranges(FetchRequest request, SelectedMailbox selected, ImapSession session)
            throws MessageRangeException {
        List<MessageRange> ranges = new ArrayList<>();
        if (request.isUseUids()) {
            for (IdRange range : SelectedMessages.clamped(request.getIdSet(), session)) {
                ranges.add(MessageRange.range(MessageUid.of(range.getLowVal()), MessageUid.of(range.getHighVal())));
            }
        } else {
            for (IdRange range : request.getIdSet()) {
                messageRange(selected, range, false).ifPresent(ranges::add);
            }
        }
        return ranges;
    }

    /** What the client may have known; not above the last message that is there. */
    private static List<MessageRange> asked(FetchRequest request, SelectedMailbox selected) {
        List<MessageRange> ranges = new ArrayList<>();
        long last = selected.getLastUid().map(MessageUid::asLong).orElse(0L);
        for (IdRange range : request.getIdSet()) {
            long high = Math.min(range.getHighVal(), last);
            if (range.getLowVal() <= high) {
                ranges.add(MessageRange.range(MessageUid.of(range.getLowVal()), MessageUid.of(high)));
            }
        }
        return ranges;
    }

    @Override
    protected MDCBuilder mdc(FetchRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "FETCH");
    }
}
