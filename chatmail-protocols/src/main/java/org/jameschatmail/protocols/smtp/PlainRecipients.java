package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.core.Username;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.jameschatmail.core.verdict.Reason;

/**
 * No recipient with an {@code @} in its quoted localpart: {@code 553 5.1.3}. James has no user name for such an
 * address, and what asks for one later fails for all recipients of the message. Thread-safe.
 */
public final class PlainRecipients implements RcptHook {
    private final Refusals refusals;

    @Inject
    public PlainRecipients(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        return isPlain(recipient) ? HookResult.DECLINED : refusals.answer(Reason.RECIPIENT_NOT_ALLOWED);
    }

    static boolean isPlain(MailAddress recipient) {
        if (recipient instanceof PeerAddress) {
            // Never a user of ours, so nobody asks for the name.
            return true;
        }
        try {
            Username.fromMailAddress(recipient);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
