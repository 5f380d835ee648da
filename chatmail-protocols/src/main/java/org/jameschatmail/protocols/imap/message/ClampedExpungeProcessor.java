package org.jameschatmail.protocols.imap.message;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.ExpungeRequest;
import org.apache.james.imap.processor.ExpungeProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.protocols.imap.StatusReply;
import org.jameschatmail.protocols.imap.selection.SelectedMessages;
import reactor.core.publisher.Mono;

/** EXPUNGE and UID EXPUNGE in a mailbox that may be changed; a UID that is nowhere is passed over. Thread-safe. */
public final class ClampedExpungeProcessor extends ExpungeProcessor {
    @Inject
    public ClampedExpungeProcessor(
            MailboxManager mailboxManager, StatusResponseFactory statusResponses, MetricFactory metricFactory) {
        super(mailboxManager, statusResponses, metricFactory);
    }

    @Override
    protected Mono<Void> processRequestReactive(ExpungeRequest request, ImapSession session, Responder responder) {
        Optional<StatusReply> refusal = SelectedMessages.refusalToChange(request, session);
        if (refusal.isPresent()) {
            responder.respond(refusal.get());
            return Mono.empty();
        }
        if (request.getUidSet() == null) {
            return super.processRequestReactive(request, session, responder);
        }
        IdRange[] uids = SelectedMessages.clamped(request.getUidSet(), session);
        if (uids.length == 0) {
            return unsolicitedResponses(session, responder, true)
                    .then(Mono.fromRunnable(() -> okComplete(request, responder)));
        }
        return super.processRequestReactive(new ExpungeRequest(request.getTag(), uids), session, responder);
    }
}
