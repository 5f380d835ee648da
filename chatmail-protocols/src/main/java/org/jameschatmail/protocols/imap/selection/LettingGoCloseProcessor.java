package org.jameschatmail.protocols.imap.selection;

import javax.inject.Inject;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CloseRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.jameschatmail.protocols.imap.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * CLOSE: expunges where the session may, and lets go of the mailbox. Always answered; James says nothing in a mailbox
 * without the right to expunge, and expunges what was examined. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3501#section-6.4.2">RFC 3501, section 6.4.2</a>
 */
public final class LettingGoCloseProcessor extends AbstractMailboxProcessor<CloseRequest> {
    private static final Logger LOGGER = LoggerFactory.getLogger(LettingGoCloseProcessor.class);

    @Inject
    public LettingGoCloseProcessor(
            MailboxManager mailboxManager, StatusResponseFactory statusResponses, MetricFactory metricFactory) {
        super(CloseRequest.class, mailboxManager, statusResponses, metricFactory);
    }

    @Override
    protected Mono<Void> processRequestReactive(CloseRequest request, ImapSession session, Responder responder) {
        return getSelectedMailboxReactive(session)
                .flatMapMany(mailbox -> expunge(mailbox, session))
                .then(Mono.defer(session::deselect))
                .then(Mono.<Void>fromRunnable(() -> okComplete(request, responder)))
                .onErrorResume(MailboxException.class, e -> {
                    LOGGER.error(
                            "A mailbox could not be closed: {}", e.getClass().getName());
                    LOGGER.debug("It could not be closed because of", e);
                    responder.respond(StatusReply.no(request, "UNAVAILABLE", "The mailbox is not closed, try again"));
                    return Mono.empty();
                });
    }

    private Flux<?> expunge(MessageManager mailbox, ImapSession session) {
        boolean readOnly = session.getSelected() instanceof TrackedMailbox tracked && tracked.isReadOnly();
        try {
            MailboxSession mailboxSession = session.getMailboxSession();
            boolean allowed = !readOnly
                    && getMailboxManager()
                            .hasRight(mailbox.getMailboxEntity(), MailboxACL.Right.PerformExpunge, mailboxSession);
            return allowed ? Flux.from(mailbox.expungeReactive(MessageRange.all(), mailboxSession)) : Flux.empty();
        } catch (MailboxException e) {
            return Flux.error(e);
        }
    }

    @Override
    protected MDCBuilder mdc(CloseRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "CLOSE");
    }
}
