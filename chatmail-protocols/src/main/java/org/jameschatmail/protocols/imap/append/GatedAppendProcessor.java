package org.jameschatmail.protocols.imap.append;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AppendRequest;
import org.apache.james.imap.processor.AppendProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.configuration.AppendMode;
import org.jameschatmail.core.configuration.ImapConfiguration;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.gate.IncomingGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.protocols.imap.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * APPEND takes what {@link IncomingGate} accepts, and answers {@code NO [CANNOT] Encryption Needed} to the rest; with
 * {@code imap.append=any} it takes everything. What can't be judged is not taken. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5530#section-3">RFC 5530, section 3, CANNOT</a>
 */
public final class GatedAppendProcessor extends AppendProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(GatedAppendProcessor.class);

    private final boolean gated;
    private final IncomingGate gate;

    @Inject
    public GatedAppendProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory,
            ImapConfiguration imap,
            MessageConfiguration message) {
        super(mailboxManager, statusResponses, metricFactory);
        this.gated = imap.append() == AppendMode.ENCRYPTED;
        this.gate = new IncomingGate(MimeLimits.DEFAULT.withMaxMessageBytes(message.sizeMax()));
    }

    @Override
    protected Mono<Void> processRequestReactive(AppendRequest request, ImapSession session, Responder responder) {
        if (!gated) {
            return super.processRequestReactive(request, session, responder);
        }
        return Mono.fromCallable(() -> refusal(request))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(refusal -> {
                    if (refusal.isEmpty()) {
                        return super.processRequestReactive(request, session, responder);
                    }
                    responder.respond(refusal.get());
                    return Mono.empty();
                });
    }

    private Optional<StatusReply> refusal(AppendRequest request) {
        try (InputStream message = request.getMessage().getInputStream()) {
            return gate.judge(message, Optional.empty(), () -> false) instanceof Rejected
                    ? Optional.of(StatusReply.no(request, "CANNOT", "Encryption Needed"))
                    : Optional.empty();
        } catch (IOException e) {
            LOGGER.error(
                    "A message to append couldn't be judged: {}", e.getClass().getName());
            return Optional.of(StatusReply.no(request, "UNAVAILABLE", "The server has a passing problem, try again"));
        }
    }
}
