package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.verdict.Reason;

/** So many recipients for one message: {@code 452 4.5.3} to each above (RFC 5321, section 4.5.3.1.10). Thread-safe. */
public final class LimitRecipients implements RcptHook {
    private final int max;
    private final Refusals refusals;

    @Inject
    public LimitRecipients(MessageConfiguration configuration, Refusals refusals) {
        this.refusals = refusals;
        this.max = configuration.recipientsMax();
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return session.getRcptCount() < max ? HookResult.DECLINED : refusals.answer(Reason.TOO_MANY_RECIPIENTS);
    }
}
