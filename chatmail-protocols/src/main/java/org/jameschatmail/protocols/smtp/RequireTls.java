package org.jameschatmail.protocols.smtp;

import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailHook;

/** Takes no mail before TLS: {@code 530 5.7.0} at MAIL (RFC 3207, section 4). Stateless, thread-safe. */
public final class RequireTls implements MailHook {
    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return session.isTLSStarted()
                ? HookResult.DECLINED
                : Refusal.of(530, "5.7.0 Must issue a STARTTLS command first");
    }
}
