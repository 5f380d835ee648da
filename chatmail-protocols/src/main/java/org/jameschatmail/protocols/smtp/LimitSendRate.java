package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.jameschatmail.core.configuration.SendConfiguration;
import org.jameschatmail.core.rate.SendRate;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;

/**
 * So many messages a minute from one account: {@code 450 4.7.1} at the first RCPT of a message above the rate. Each
 * message counts once, whatever its recipients, and a refused one doesn't count. Thread-safe.
 */
@Singleton
public final class LimitSendRate implements RcptHook {
    private static final AttachmentKey<Boolean> COUNTED = AttachmentKey.of("chatmail.rate-counted", Boolean.class);

    private final boolean limited;
    private final SendRate rate;
    private final Refusals refusals;

    @Inject
    public LimitSendRate(SendConfiguration configuration, Refusals refusals) {
        this.refusals = refusals;
        this.limited = configuration.isLimited();
        this.rate = new SendRate(
                Math.max(1, configuration.ratePerMinute()), Math.max(1, configuration.rateBurst()), System::nanoTime);
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        if (!limited || session.getAttachment(COUNTED, State.Transaction).isPresent()) {
            return HookResult.DECLINED;
        }
        String login = session.getUsername().asString();
        if (!rate.tryAcquire(login)) {
            return refusals.answer(Rejected.of(Reason.TOO_MUCH_MAIL, login));
        }
        session.setAttachment(COUNTED, true, State.Transaction);
        return HookResult.DECLINED;
    }
}
