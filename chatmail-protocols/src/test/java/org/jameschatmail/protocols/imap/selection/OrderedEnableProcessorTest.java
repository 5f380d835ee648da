package org.jameschatmail.protocols.imap.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.encode.FakeImapSession;
import org.apache.james.imap.message.request.EnableRequest;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.jameschatmail.protocols.imap.capability.CapabilityVisibility;
import org.jameschatmail.protocols.imap.capability.ChatmailCapabilityProcessor;
import org.jameschatmail.protocols.imap.server.MemoryMailboxes;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class OrderedEnableProcessorTest {
    private static final StatusResponseFactory STATUS = new UnpooledStatusResponseFactory();
    private static final List<Capability> ASKED =
            List.of(ImapConstants.SUPPORTS_CONDSTORE, ImapConstants.SUPPORTS_QRESYNC);

    private final MemoryMailboxes mailboxes = new MemoryMailboxes();
    private final ChatmailCapabilityProcessor capabilities = new ChatmailCapabilityProcessor(
            mailboxes.manager(), STATUS, mailboxes.metricFactory(), CapabilityVisibility.DEFAULT);
    private final OrderedEnableProcessor subject =
            new OrderedEnableProcessor(mailboxes.manager(), STATUS, mailboxes.metricFactory(), capabilities);
    private final ImapSession session = new FakeImapSession();
    private final List<Enabling> begun = new ArrayList<>();

    private CompletableFuture<Set<Capability>> enable() {
        return subject.enable(new EnableRequest(new Tag("a"), ASKED), new Silence(), session, ASKED)
                .toFuture();
    }

    private void add(PermitEnableCapabilityProcessor processor) {
        capabilities.addProcessor(processor);
        subject.addProcessor(processor);
    }

    @Test
    void capabilitiesShouldBeEnabledOneAfterTheOther() {
        add(new SlowProcessor());

        CompletableFuture<Set<Capability>> enabled = enable();
        assertThat(begun).extracting(Enabling::capability).containsExactly(ImapConstants.SUPPORTS_CONDSTORE);
        begun.get(0).end().tryEmitEmpty();
        assertThat(begun).extracting(Enabling::capability).containsExactlyElementsOf(ASKED);
        assertThat(enabled).isNotDone();
        begun.get(1).end().tryEmitEmpty();

        assertThat(enabled).isCompletedWithValue(Set.copyOf(ASKED));
        assertThat(EnableProcessor.getEnabledCapabilities(session)).containsExactlyInAnyOrderElementsOf(ASKED);
    }

    @Test
    void capabilityShouldBeEnabledOnceWhenTwoProcessorsKnowIt() {
        add(new SlowProcessor());
        add(new SlowProcessor());

        CompletableFuture<Set<Capability>> enabled = enable();
        assertThat(begun).hasSize(1);
        begun.get(0).end().tryEmitEmpty();
        begun.get(1).end().tryEmitEmpty();

        assertThat(enabled).isCompleted();
        assertThat(begun).hasSize(2);
    }

    /**
     * @param end lets it end
     */
    private record Enabling(Capability capability, Sinks.Empty<Void> end) {}

    /** Ends when the test says so. */
    private final class SlowProcessor implements PermitEnableCapabilityProcessor {
        @Override
        public void configure(ImapConfiguration configuration) {
            // Nothing to configure.
        }

        @Override
        public List<Capability> getImplementedCapabilities(ImapSession session) {
            return ASKED;
        }

        @Override
        public List<Capability> getPermitEnableCapabilities(ImapSession session) {
            return ASKED;
        }

        @Override
        public Mono<Void> enable(ImapMessage message, Responder responder, ImapSession session, Capability capability) {
            return Mono.defer(() -> {
                Enabling enabling = new Enabling(capability, Sinks.empty());
                begun.add(enabling);
                return enabling.end().asMono();
            });
        }
    }

    private static final class Silence implements Responder {
        @Override
        public void respond(ImapResponseMessage message) {
            throw new AssertionError("nothing is to be said");
        }

        @Override
        public void flush() {
            // Nothing has been said.
        }
    }
}
