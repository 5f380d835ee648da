package org.jameschatmail.protocols.smtp;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.MaybeSender;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.smtpserver.JamesMailCmdHandler;
import org.jspecify.annotations.Nullable;

/** James' MAIL, also for senders at domains that James can't read: {@link PeerAddress}. Thread-safe. */
public final class SenderCommand extends JamesMailCmdHandler {
    @Inject
    public SenderCommand(MetricFactory metrics, DomainList domains) {
        super(metrics, domains);
    }

    @Override
    protected @Nullable Response doFilterChecks(SMTPSession session, String command, @Nullable String argument) {
        Optional<PeerArgument> peer = argument == null ? Optional.empty() : PeerArgument.parse(argument);
        if (peer.isEmpty()) {
            return super.doFilterChecks(session, command, argument);
        }
        Response refusal = super.doFilterChecks(session, command, peer.get().standIn());
        if (refusal == null) {
            session.setAttachment(SMTPSession.SENDER, MaybeSender.of(peer.get().address()), State.Transaction);
        }
        return refusal;
    }
}
