package org.jameschatmail.protocols.imap.id;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.IDRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.jameschatmail.protocols.imap.StatusReply;
import reactor.core.publisher.Mono;

/**
 * ID, answered with {@link ServerId}. What the client says of itself isn't logged. Stateless, thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2971">RFC 2971</a>
 */
public final class ServerIdProcessor extends AbstractMailboxProcessor<IDRequest>
        implements CapabilityImplementingProcessor {
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("ID"));

    @Inject
    public ServerIdProcessor(
            MailboxManager mailboxManager, StatusResponseFactory statusResponses, MetricFactory metricFactory) {
        super(IDRequest.class, mailboxManager, statusResponses, metricFactory);
    }

    @Override
    protected Mono<Void> processRequestReactive(IDRequest request, ImapSession session, Responder responder) {
        return Mono.fromRunnable(() -> {
            responder.respond(ServerId.JAMES_CHATMAIL);
            responder.respond(StatusReply.ok(request, "ID completed"));
        });
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    protected MDCBuilder mdc(IDRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "ID");
    }
}
