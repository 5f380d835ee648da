package org.jameschatmail.protocols.imap.message;

import javax.inject.Inject;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.processor.CopyProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.protocols.imap.selection.SelectedMessages;
import reactor.core.publisher.Mono;

/** COPY; a UID that is nowhere is passed over. Thread-safe. */
public final class ClampedCopyProcessor extends CopyProcessor {
    @Inject
    public ClampedCopyProcessor(
            MailboxManager mailboxManager, StatusResponseFactory statusResponses, MetricFactory metricFactory) {
        super(mailboxManager, statusResponses, metricFactory);
    }

    @Override
    protected Mono<Void> processRequestReactive(CopyRequest request, ImapSession session, Responder responder) {
        if (!request.isUseUids()) {
            return super.processRequestReactive(request, session, responder);
        }
        IdRange[] uids = SelectedMessages.clamped(request.getIdSet(), session);
        if (uids.length == 0) {
            return unsolicitedResponses(session, responder, true)
                    .then(Mono.fromRunnable(() -> okComplete(request, responder)));
        }
        return super.processRequestReactive(
                new CopyRequest(uids, request.getMailboxName(), true, request.getTag()), session, responder);
    }
}
