package org.jameschatmail.protocols.imap.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.jameschatmail.protocols.imap.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SETMETADATA. Values of more than 4096 bytes, and entries beyond what an account may hold, are refused with the codes
 * of RFC 5464; {@code /shared} of the server is the operator's alone. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5464#section-4.3">RFC 5464, section 4.3</a>
 */
public final class WriteMetadataProcessor extends AbstractMailboxProcessor<WriteMetadataRequest> {
    private static final Logger LOGGER = LoggerFactory.getLogger(WriteMetadataProcessor.class);

    private final AccountMetadata metadata;

    @Inject
    public WriteMetadataProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory,
            AccountMetadata metadata) {
        super(WriteMetadataRequest.class, mailboxManager, statusResponses, metricFactory);
        this.metadata = metadata;
    }

    @Override
    protected void processRequest(WriteMetadataRequest request, ImapSession session, Responder responder) {
        if (hasTooLongValue(request)) {
            responder.respond(StatusReply.no(
                    request, "METADATA MAXSIZE " + MailboxMetadata.MAX_VALUE_BYTES, "The value is too long"));
            return;
        }
        try {
            responder.respond(MetadataTarget.resolve(request.mailbox(), session, getMailboxManager())
                    .map(target -> write(request, target, session))
                    .orElseGet(() -> StatusReply.no(request, "NONEXISTENT", "No such mailbox")));
        } catch (MailboxException e) {
            LOGGER.error("Metadata could not be written: {}", e.getClass().getName());
            LOGGER.debug("Metadata could not be written because of", e);
            responder.respond(StatusReply.no(request, "UNAVAILABLE", "The server has a passing problem, try again"));
        }
    }

    private StatusReply write(WriteMetadataRequest request, MetadataTarget target, ImapSession session) {
        return switch (metadata.write(session.getUserName(), target, request.changes())) {
            case DONE -> StatusReply.ok(request, "Setmetadata completed");
            case NOT_PERMITTED -> StatusReply.no(request, "NOPERM", "Only the operator sets this entry");
            case MALFORMED_TOKEN -> StatusReply.no(request, "CANNOT", "Not a device token");
            case TOO_MANY -> StatusReply.no(request, "METADATA TOOMANY", "Too many entries");
        };
    }

    private static boolean hasTooLongValue(WriteMetadataRequest request) {
        return request.changes().values().stream()
                .flatMap(Optional::stream)
                .anyMatch(value -> value.getBytes(UTF_8).length > MailboxMetadata.MAX_VALUE_BYTES);
    }

    @Override
    protected MDCBuilder mdc(WriteMetadataRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "SETMETADATA");
    }
}
