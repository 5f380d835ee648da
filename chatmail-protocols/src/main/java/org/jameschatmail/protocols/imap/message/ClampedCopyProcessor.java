package org.jameschatmail.protocols.imap.message;

import javax.inject.Inject;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.processor.CopyProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MessageRangeException;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.protocols.imap.selection.SelectedMessages;
import reactor.core.publisher.Mono;

/** COPY; a UID that is nowhere is passed over. COPYUID has UIDs
 * also where the command had numbers. Thread-safe. */
public final class ClampedCopyProcessor extends CopyProcessor {
    @Inject
    public ClampedCopyProcessor(
            MailboxManager mailboxManager, StatusResponseFactory statusResponses, MetricFactory metricFactory) {
        super(mailboxManager, statusResponses, metricFactory);
    }

    @Override
    protected Mono<Void> processRequestReactive(CopyRequest request, ImapSession session, Responder responder) {
        IdRange[] uids;
        try {
            uids = request.isUseUids()
                    ? SelectedMessages.clamped(request.getIdSet(), session)
                    : SelectedMessages.uids(request.getIdSet(), session);
        } catch (MessageRangeException e) {
            taggedBad(request, responder, HumanReadableText.INVALID_MESSAGESET);
            return Mono.empty();
        }
        if (uids.length == 0) {
            return unsolicitedResponses(session, responder, true)
                    .then(Mono.fromRunnable(() -> okComplete(request, responder)));
        }
        return super.processRequestReactive(
                new CopyRequest(uids, request.getMailboxName(), true, request.getTag()), session, responder);
    }
}
