package org.jameschatmail.protocols.imap.selection;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.CapabilityProcessor;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * ENABLE, one capability after the other. James enables all at once, by every processor that knows one, so that
 * {@code ENABLE QRESYNC} uses the session's database connection twice at the same time; and it keeps the processors in
 * a static list. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5161">RFC 5161</a>
 */
public final class OrderedEnableProcessor extends EnableProcessor {
    private final List<PermitEnableCapabilityProcessor> processors = new CopyOnWriteArrayList<>();
    private final CapabilityProcessor capabilities;

    @Inject
    public OrderedEnableProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory,
            CapabilityProcessor capabilities) {
        super(mailboxManager, statusResponses, metricFactory, capabilities);
        this.capabilities = capabilities;
    }

    @Override
    public void addProcessor(PermitEnableCapabilityProcessor processor) {
        processors.add(processor);
    }

    @Override
    public Mono<Set<Capability>> enable(
            ImapRequest request, Responder responder, ImapSession session, List<Capability> asked) {
        Set<Capability> known = capabilities.getSupportedCapabilities(session);
        return Flux.fromIterable(asked)
                .distinct()
                .filter(known::contains)
                .concatMap(capability -> enable(request, responder, session, capability))
                .collect(Collectors.toSet())
                .doOnNext(enabled -> getEnabledCapabilities(session).addAll(enabled));
    }

    private Mono<Capability> enable(
            ImapRequest request, Responder responder, ImapSession session, Capability capability) {
        return Flux.fromIterable(processors)
                .filter(processor ->
                        processor.getPermitEnableCapabilities(session).contains(capability))
                .next()
                .flatMap(processor -> processor
                        .enable(request, responder, session, capability)
                        .thenReturn(capability));
    }
}
