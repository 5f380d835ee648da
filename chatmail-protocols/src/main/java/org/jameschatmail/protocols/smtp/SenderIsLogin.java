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
 * The envelope sender of a submission is the login, or null: {@code 553 5.7.1} at RCPT, as Postfix answers and as the
 * network's tests expect. Stateless, thread-safe.
 */
public final class SenderIsLogin implements RcptHook {
    private final Refusals refusals;

    @Inject
    public SenderIsLogin(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        Username login = session.getUsername();
        boolean own = sender.isNullSender()
                || sender.asOptional()
                        .filter(address -> !(address instanceof PeerAddress))
                        .map(address -> Username.fromMailAddress(address).equals(login))
                        .orElse(false);
        return own ? HookResult.DECLINED : refusals.answer(Reason.SENDER_IS_NOT_LOGIN);
    }
}
