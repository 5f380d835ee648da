package org.jameschatmail.protocols.imap.idle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.IdleRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import reactor.core.publisher.Mono;

/**
 * IDLE. Says {@code * OK Still here} at the interval of {@code idleTimeInterval} and {@code idleTimeIntervalUnit} in
 * imapserver.xml (120 SECONDS there), unless {@code enableIdle} is false. James' own processor writes the same line but
 * never flushes it, so that Delta Chat, which leaves IDLE after five silent minutes, doesn't see it; and it takes
 * {@code DONE} with a bare LF for something else. Thread-safe once configured.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2177">RFC 2177</a>
 */
public final class KeepAliveIdleProcessor extends AbstractMailboxProcessor<IdleRequest>
        implements CapabilityImplementingProcessor {
    private volatile Optional<Duration> keepAlive = Optional.empty();

    @Inject
    public KeepAliveIdleProcessor(
            MailboxManager mailboxManager, StatusResponseFactory statusResponses, MetricFactory metricFactory) {
        super(IdleRequest.class, mailboxManager, statusResponses, metricFactory);
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        super.configure(configuration);
        keepAlive = configuration.isEnableIdle()
                ? Optional.of(configuration.idleTimeIntervalAsDuration())
                : Optional.empty();
    }

    @Override
    protected Mono<Void> processRequestReactive(IdleRequest request, ImapSession session, Responder responder) {
        return new IdleConversation(
                        request,
                        session,
                        responder,
                        getStatusResponseFactory(),
                        changes -> unsolicitedResponses(session, changes, false))
                .start(keepAlive);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(ImapConstants.SUPPORTS_IDLE);
    }

    @Override
    protected MDCBuilder mdc(IdleRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "IDLE");
    }
}
