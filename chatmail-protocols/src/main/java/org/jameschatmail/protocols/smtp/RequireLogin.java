package org.jameschatmail.protocols.smtp;

import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;

/**
 * Takes no submission without a login, for local recipients neither: {@code 530 5.7.0} at MAIL (RFC 6409, section
 * 4.3). Stateless, thread-safe.
 */
public final class RequireLogin implements MailHook {
    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return session.getUsername() != null ? HookResult.DECLINED : Refusal.of(530, "5.7.0 Authentication required");
    }
}
