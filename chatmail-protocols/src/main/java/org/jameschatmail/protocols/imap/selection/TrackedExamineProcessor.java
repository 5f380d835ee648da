package org.jameschatmail.protocols.imap.selection;

import javax.inject.Inject;
import org.apache.james.events.EventBus;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.message.request.ExamineRequest;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;

/** EXAMINE: what it selects, no command of the session changes. Thread-safe. */
public final class TrackedExamineProcessor extends SelectionProcessor<ExamineRequest> {
    @Inject
    public TrackedExamineProcessor(
            MailboxManager mailboxManager,
            EventBus eventBus,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory) {
        super(ExamineRequest.class, mailboxManager, eventBus, statusResponses, metricFactory, true);
    }
}
