package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/** The recipients of mail from other servers: {@link IncomingRules#refusalOf}. Thread-safe. */
public final class LocalRecipientsOnly implements RcptHook {
    private final IncomingRules rules;
    private final Refusals refusals;

    @Inject
    public LocalRecipientsOnly(IncomingRules rules, Refusals refusals) {
        this.rules = rules;
        this.refusals = refusals;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return rules.refusalOf(recipient).map(refusals::answer).orElse(HookResult.DECLINED);
    }
}
