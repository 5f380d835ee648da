package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.jameschatmail.core.verdict.Reason;

/** Takes no mail before TLS: {@code 530 5.7.0} at MAIL (RFC 3207, section 4). Thread-safe. */
public final class RequireTls implements MailHook {
    private final Refusals refusals;

    @Inject
    public RequireTls(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return session.isTLSStarted() ? HookResult.DECLINED : refusals.answer(Reason.TLS_NEEDED);
    }
}
