package org.jameschatmail.protocols.smtp;

import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;

/**
 * No recipient with an {@code @} in its quoted localpart: {@code 553 5.1.3}. James has no user name for such an
 * address, and what asks for one later fails for all recipients of the message. Stateless, thread-safe.
 */
public final class PlainRecipients implements RcptHook {
    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return isPlain(recipient) ? HookResult.DECLINED : Refusal.of(553, "5.1.3 Recipient address not allowed");
    }

    private static boolean isPlain(MailAddress recipient) {
        try {
            Username.fromMailAddress(recipient);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
