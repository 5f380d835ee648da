package org.jameschatmail.protocols.imap.message;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.imap.processor.StoreProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.protocols.imap.StatusReply;
import org.jameschatmail.protocols.imap.selection.SelectedMessages;
import reactor.core.publisher.Mono;

/** STORE in a mailbox that may be changed; a UID that is nowhere is passed over. Thread-safe. */
public final class ClampedStoreProcessor extends StoreProcessor {
    @Inject
    public ClampedStoreProcessor(
            MailboxManager mailboxManager, StatusResponseFactory statusResponses, MetricFactory metricFactory) {
        super(mailboxManager, statusResponses, metricFactory);
    }

    @Override
    protected Mono<Void> processRequestReactive(StoreRequest request, ImapSession session, Responder responder) {
        Optional<StatusReply> refusal = SelectedMessages.refusalToChange(request, session);
        if (refusal.isPresent()) {
            responder.respond(refusal.get());
            return Mono.empty();
        }
        if (!request.isUseUids()) {
            return super.processRequestReactive(request, session, responder);
        }
        IdRange[] uids = SelectedMessages.clamped(request.getIdSet(), session);
        if (uids.length == 0) {
            return unsolicitedResponses(session, responder, true)
                    .then(Mono.fromRunnable(() -> okComplete(request, responder)));
        }
        return super.processRequestReactive(
                new StoreRequest(
                        uids,
                        request.isSilent(),
                        request.getFlags(),
                        true,
                        request.getTag(),
                        request.getFlagsUpdateMode(),
                        request.getUnchangedSince()),
                session,
                responder);
    }
}
