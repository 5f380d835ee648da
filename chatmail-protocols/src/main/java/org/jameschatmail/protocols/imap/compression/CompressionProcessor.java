package org.jameschatmail.protocols.imap.compression;

import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CompressRequest;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.util.MDCBuilder;
import org.jameschatmail.protocols.imap.StatusReply;
import reactor.core.publisher.Mono;

/**
 * COMPRESS DEFLATE, where {@code compress} is true in imapserver.xml. Stateless, thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4978#section-3">RFC 4978, section 3</a>
 */
public final class CompressionProcessor extends AbstractProcessor<CompressRequest>
        implements CapabilityImplementingProcessor {
    private static final String DEFLATE = "DEFLATE";
    private static final List<Capability> CAPABILITIES = List.of(Capability.of("COMPRESS=" + DEFLATE));

    @Inject
    public CompressionProcessor() {
        super(CompressRequest.class);
    }

    @Override
    protected Mono<Void> doProcess(CompressRequest request, Responder responder, ImapSession session) {
        return Mono.defer(() -> {
            Optional<Compression> compression = Compression.of(session);
            if (compression.isEmpty() || !DEFLATE.equalsIgnoreCase(request.getAlgorithm())) {
                responder.respond(StatusReply.bad(request, "No such compression"));
                return Mono.empty();
            }
            if (compression.get().isActive()) {
                responder.respond(StatusReply.no(request, "COMPRESSIONACTIVE", "DEFLATE is active already"));
                return Mono.empty();
            }
            return Mono.create(sink -> compression.get().start(() -> announce(request, responder), sink::success));
        });
    }

    private static void announce(CompressRequest request, Responder responder) {
        responder.respond(StatusReply.ok(request, "DEFLATE active"));
        responder.flush();
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return Compression.of(session).isPresent() ? CAPABILITIES : List.of();
    }

    @Override
    protected MDCBuilder mdc(CompressRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "COMPRESS");
    }
}
