package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.EnvelopeSender;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;

/** The gate of mail from other servers, after the final dot: {@link IncomingRules#judge}. Thread-safe. */
public final class JudgeIncoming implements JamesMessageHook {
    private final IncomingRules rules;
    private final Refusals refusals;

    @Inject
    public JudgeIncoming(IncomingRules rules, Refusals refusals) {
        this.rules = rules;
        this.refusals = refusals;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        Verdict verdict = rules.judge(
                ReceivedMessage.of(session),
                mail.getMaybeSender(),
                mail.getRecipients(),
                session.getRemoteAddress().getAddress());
        if (verdict instanceof Rejected rejected) {
            return refusals.answer(rejected);
        }
        if (((Accepted) verdict).envelopeSender() == EnvelopeSender.NULLED) {
            ((MailImpl) mail).setSender(null);
        }
        return HookResult.DECLINED;
    }
}
