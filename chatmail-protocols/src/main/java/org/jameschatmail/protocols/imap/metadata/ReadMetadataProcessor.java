package org.jameschatmail.protocols.imap.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.inject.Inject;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.jameschatmail.protocols.imap.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GETMETADATA. Entries without a value are left out, and the METADATA response with them when none is left; the reply
 * is OK even then. Values longer than MAXSIZE are left out and the longest of them named in the reply. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5464#section-4.2">RFC 5464, section 4.2</a>
 */
public final class ReadMetadataProcessor extends AbstractMailboxProcessor<ReadMetadataRequest>
        implements CapabilityImplementingProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReadMetadataProcessor.class);
    private static final String DONE = "Getmetadata completed";

    private final AccountMetadata metadata;

    @Inject
    public ReadMetadataProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory,
            AccountMetadata metadata) {
        super(ReadMetadataRequest.class, mailboxManager, statusResponses, metricFactory);
        this.metadata = metadata;
    }

    @Override
    protected void processRequest(ReadMetadataRequest request, ImapSession session, Responder responder) {
        try {
            MetadataTarget.resolve(request.mailbox(), session, getMailboxManager())
                    .ifPresentOrElse(
                            target -> answer(request, target, session, responder),
                            () -> responder.respond(StatusReply.no(request, "NONEXISTENT", "No such mailbox")));
        } catch (MailboxException e) {
            LOGGER.error("Metadata could not be read: {}", e.getClass().getName());
            LOGGER.debug("Metadata could not be read because of", e);
            responder.respond(StatusReply.no(request, "UNAVAILABLE", "The server has a passing problem, try again"));
        }
    }

    private void answer(ReadMetadataRequest request, MetadataTarget target, ImapSession session, Responder responder) {
        Map<EntryName, String> found = metadata.read(
                session.getUserName(),
                target,
                request.entries(),
                request.options().depth());
        Map<EntryName, String> fitting = new LinkedHashMap<>(found);
        OptionalInt longest = OptionalInt.empty();
        if (request.options().maxSize().isPresent()) {
            int maxSize = request.options().maxSize().getAsInt();
            fitting.values().removeIf(value -> size(value) > maxSize);
            longest = found.values().stream()
                    .mapToInt(ReadMetadataProcessor::size)
                    .filter(size -> size > maxSize)
                    .max();
        }
        if (!fitting.isEmpty()) {
            responder.respond(new MetadataReply(request.mailbox(), fitting));
        }
        Optional<String> code =
                longest.isPresent() ? Optional.of("METADATA LONGENTRIES " + longest.getAsInt()) : Optional.empty();
        responder.respond(code.map(longEntries -> StatusReply.ok(request, longEntries, DONE))
                .orElseGet(() -> StatusReply.ok(request, DONE)));
    }

    private static int size(String value) {
        return value.getBytes(UTF_8).length;
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return List.of(ImapConstants.SUPPORTS_ANNOTATION);
    }

    @Override
    protected MDCBuilder mdc(ReadMetadataRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "GETMETADATA");
    }
}
