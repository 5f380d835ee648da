package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.smtpserver.JamesRcptCmdHandler;

/**
 * James' RCPT, also where several blanks stand before the address: James takes each for a parameter, and answers 451 to
 * two of the same name, as if the trouble were the server's. Thread-safe.
 */
public final class RecipientCommand extends JamesRcptCmdHandler {
    @Inject
    public RecipientCommand(MetricFactory metrics, DomainList domains) {
        super(metrics, domains);
    }

    @Override
    protected HookResult callHook(RcptHook hook, SMTPSession session, String parameters) {
        return super.callHook(hook, session, parameters.strip().replaceAll(" +", " "));
    }
}
