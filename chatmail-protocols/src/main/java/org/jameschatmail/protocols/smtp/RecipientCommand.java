package org.jameschatmail.protocols.smtp;

import java.util.Optional;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.smtpserver.JamesRcptCmdHandler;
import org.jspecify.annotations.Nullable;

/**
 * James' RCPT, also for recipients at domains that James can't read ({@link PeerAddress}), and also where several blanks
 * stand before the address: James takes each for a parameter, and answers 451 to two of the same name, as if the trouble
 * were the server's. Thread-safe.
 */
public final class RecipientCommand extends JamesRcptCmdHandler {
    private static final Pattern BLANKS = Pattern.compile(" +");

    @Inject
    public RecipientCommand(MetricFactory metrics, DomainList domains) {
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
            session.setAttachment(CURRENT_RECIPIENT, peer.get().address(), State.Transaction);
        }
        return refusal;
    }

    @Override
    protected HookResult callHook(RcptHook hook, SMTPSession session, String parameters) {
        return super.callHook(hook, session, BLANKS.matcher(parameters.strip()).replaceAll(" "));
    }
}
