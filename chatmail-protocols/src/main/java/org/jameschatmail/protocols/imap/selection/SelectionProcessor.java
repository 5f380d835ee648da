package org.jameschatmail.protocols.imap.selection;

import java.util.EnumSet;
import java.util.List;
import org.apache.james.events.EventBus;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponse.ResponseCode;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SearchResUtil;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.main.PathConverter;
import org.apache.james.imap.message.request.AbstractMailboxSelectionRequest;
import org.apache.james.imap.message.response.ExistsResponse;
import org.apache.james.imap.message.response.RecentResponse;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.Item;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * SELECT and EXAMINE. The mailbox that was selected before is let go of first, and stays so when the new one can't be
 * selected. UIDNEXT is read before the messages are listed, so that no message below it is missing; James asks in the
 * opposite order, and takes a mailbox that is selected again for what it was. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3501#section-6.3.1">RFC 3501, section 6.3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5">RFC 7162, section 3.2.5, QRESYNC</a>
 */
abstract class SelectionProcessor<R extends AbstractMailboxSelectionRequest> extends AbstractMailboxProcessor<R> {
    private static final Logger LOGGER = LoggerFactory.getLogger(SelectionProcessor.class);
    private static final EnumSet<Item> ITEMS =
            EnumSet.of(Item.FirstUnseen, Item.HighestModSeq, Item.NextUid, Item.MailboxCounters);

    private final EventBus eventBus;
    private final boolean readOnly;

    SelectionProcessor(
            Class<R> request,
            MailboxManager mailboxManager,
            EventBus eventBus,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory,
            boolean readOnly) {
        super(request, mailboxManager, statusResponses, metricFactory);
        this.eventBus = eventBus;
        this.readOnly = readOnly;
    }

    @Override
    protected Mono<Void> processRequestReactive(R request, ImapSession session, Responder responder) {
        boolean qresync = EnableProcessor.getEnabledCapabilities(session).contains(ImapConstants.SUPPORTS_QRESYNC);
        if (!request.getLastKnownUidValidity().isUnknown() && !qresync) {
            taggedBad(request, responder, HumanReadableText.QRESYNC_NOT_ENABLED);
            return Mono.empty();
        }
        SelectedMailbox before = session.getSelected();
        boolean closes = before != null;
        MailboxPath path = PathConverter.forSession(session).buildFullPath(request.getMailboxName());
        return session.deselect()
                .then(Mono.fromRunnable(() -> {
                    if (closes && qresync) {
                        responder.respond(getStatusResponseFactory()
                                .untaggedOk(HumanReadableText.QRESYNC_CLOSED, ResponseCode.closed()));
                    }
                }))
                .then(Mono.from(getMailboxManager().getMailboxReactive(path, session.getMailboxSession())))
                .flatMap(mailbox -> select(mailbox, before, request, session, responder))
                .onErrorResume(MailboxException.class, e -> refuse(e, request, session, responder));
    }

    private Mono<Void> refuse(MailboxException fault, R request, ImapSession session, Responder responder) {
        if (fault instanceof MailboxNotFoundException) {
            no(request, responder, HumanReadableText.FAILURE_NO_SUCH_MAILBOX);
        } else {
            LOGGER.error("A mailbox could not be selected: {}", fault.getClass().getName());
            LOGGER.debug("It could not be selected because of", fault);
            no(request, responder, HumanReadableText.SELECT);
        }
        return session.deselect();
    }

    private Mono<Void> select(
            MessageManager mailbox,
            @Nullable SelectedMailbox before,
            R request,
            ImapSession session,
            Responder responder) {
        TrackedMailbox tracked =
                new TrackedMailbox(getMailboxManager(), mailbox, session.getMailboxSession(), readOnly);
        return session.selected(tracked)
                .then(tracked.listen(eventBus))
                .then(Mono.defer(() -> describe(mailbox, session)))
                .flatMap(description -> tracked.list(description.getUidNext()).thenReturn(description))
                .doOnNext(description -> tracked.keepRecent(before))
                .doOnNext(description -> answer(description, tracked, request, session, responder))
                .then();
    }

    private Mono<MailboxMetaData> describe(MessageManager mailbox, ImapSession session) {
        try {
            return mailbox.getMetaDataReactive(
                    readOnly ? RecentMode.RETRIEVE : RecentMode.RESET, session.getMailboxSession(), ITEMS);
        } catch (MailboxException e) {
            return Mono.error(e);
        }
    }

    private void answer(
            MailboxMetaData description, TrackedMailbox selected, R request, ImapSession session, Responder responder) {
        description.getRecent().forEach(selected::addRecent);
        untagged(responder, HumanReadableText.OK, ResponseCode.mailboxId(selected.getMailboxId()));
        flags(responder, selected);
        responder.respond(new ExistsResponse(selected.existsCount()));
        responder.respond(new RecentResponse(selected.recentCount()));
        untagged(responder, HumanReadableText.UID_VALIDITY, ResponseCode.uidValidity(description.getUidValidity()));
        answerFirstUnseen(description, selected, responder);
        permanentFlags(responder, description.getPermanentFlags(), selected);
        untagged(
                responder,
                HumanReadableText.HIGHEST_MOD_SEQ,
                ResponseCode.highestModSeq(description.getHighestModSeq()));
        untagged(responder, HumanReadableText.UIDNEXT, ResponseCode.uidNext(description.getUidNext()));
        if (request.getCondstore()) {
            condstoreEnablingCommand(session, responder, description, false);
        }
        boolean sameUids = request.getLastKnownUidValidity().correspondsTo(description.getUidValidity());
        if (sameUids) {
            respondVanished(selected, knownRanges(request, description, selected), responder);
        }
        boolean writable = description.isWriteable() && !readOnly;
        responder.respond(getStatusResponseFactory()
                .taggedOk(
                        request.getTag(),
                        request.getCommand(),
                        sameUids || request.getLastKnownUidValidity().isUnknown()
                                ? HumanReadableText.SELECT
                                : HumanReadableText.QRESYNC_UIDVALIDITY_MISMATCH,
                        writable ? ResponseCode.readWrite() : ResponseCode.readOnly()));
        SearchResUtil.resetSavedSequenceSet(session);
    }

    private void answerFirstUnseen(MailboxMetaData description, TrackedMailbox selected, Responder responder) {
        MessageUid unseen = description.getFirstUnseen();
        if (unseen != null) {
            selected.msn(unseen).foldSilent(() -> false, msn -> {
                untagged(responder, HumanReadableText.unseen(msn), ResponseCode.unseen(msn));
                return true;
            });
        }
    }

    private void untagged(Responder responder, HumanReadableText text, ResponseCode code) {
        responder.respond(getStatusResponseFactory().untaggedOk(text, code));
    }

    private static List<MessageRange> knownRanges(
            AbstractMailboxSelectionRequest request, MailboxMetaData description, TrackedMailbox selected) {
        return new KnownMessages(request, selected).upTo(description.getUidNext());
    }

    @Override
    protected MDCBuilder mdc(R request) {
        return MDCBuilder.create()
                .addToContext(MDCBuilder.ACTION, request.getCommand().getName());
    }
}
