package org.jameschatmail.protocols.imap.selection;

import java.util.EnumSet;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.events.EventBus;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.SelectRequest;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.MailboxMetaData;
import org.apache.james.mailbox.MessageManager.MailboxMetaData.RecentMode;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.metrics.api.MetricFactory;
import reactor.core.publisher.Mono;

/** SELECT, and ENABLE of CONDSTORE and QRESYNC. Thread-safe. */
public final class TrackedSelectProcessor extends SelectionProcessor<SelectRequest>
        implements PermitEnableCapabilityProcessor {
    private static final List<Capability> CAPABILITIES =
            List.of(ImapConstants.SUPPORTS_QRESYNC, ImapConstants.SUPPORTS_CONDSTORE);

    @Inject
    public TrackedSelectProcessor(
            MailboxManager mailboxManager,
            EventBus eventBus,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory) {
        super(SelectRequest.class, mailboxManager, eventBus, statusResponses, metricFactory, false);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    @Override
    public List<Capability> getPermitEnableCapabilities(ImapSession session) {
        return CAPABILITIES;
    }

    /** With a mailbox selected, its highest modification sequence is told. */
    @Override
    public Mono<Void> enable(ImapMessage message, Responder responder, ImapSession session, Capability capability) {
        SelectedMailbox selected = session.getSelected();
        if (selected == null) {
            return Mono.empty();
        }
        return highestModSeq(selected.getMessageManager(), session)
                .doOnNext(description -> condstoreEnablingCommand(session, responder, description, true))
                .then();
    }

    private static Mono<MailboxMetaData> highestModSeq(MessageManager mailbox, ImapSession session) {
        try {
            return mailbox.getMetaDataReactive(
                    RecentMode.IGNORE, session.getMailboxSession(), EnumSet.of(MailboxMetaData.Item.HighestModSeq));
        } catch (MailboxException e) {
            return Mono.error(e);
        }
    }
}
