package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.jameschatmail.core.verdict.Reason;

/**
 * Takes no submission without a login, for local recipients neither: {@code 530 5.7.0} at MAIL (RFC 6409, section
 * 4.3). Stateless, thread-safe.
 */
public final class RequireLogin implements MailHook {
    private final Refusals refusals;

    @Inject
    public RequireLogin(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return session.getUsername() != null ? HookResult.DECLINED : refusals.answer(Reason.LOGIN_NEEDED);
    }
}
