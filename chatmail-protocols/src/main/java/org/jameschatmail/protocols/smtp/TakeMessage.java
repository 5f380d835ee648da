package org.jameschatmail.protocols.smtp;

import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.protocols.smtp.MessageAcceptance.FullMailboxes;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last hook of a message: what the gates have let through is made durable, and then acknowledged with 250. Thread-safe.
 */
public final class TakeMessage implements JamesMessageHook {
    private static final Logger LOGGER = LoggerFactory.getLogger(TakeMessage.class);
    private static final HookResult TAKEN = HookResult.builder()
            .hookReturnCode(HookReturnCode.ok())
            .smtpDescription("2.6.0 Message received")
            .build();

    private final MessageAcceptance acceptance;
    private final Refusals refusals;

    @Inject
    public TakeMessage(MessageAcceptance acceptance, Refusals refusals) {
        this.acceptance = acceptance;
        this.refusals = refusals;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        boolean submitted = session.getUsername() != null;
        HeaderRewrite rewrite = submitted ? HeaderRewrite.SUBMITTED.and(HeaderRewrite.STORED) : HeaderRewrite.STORED;
        try {
            Optional<Rejected> rejected =
                    acceptance.take(mail, ReceivedMessage.of(session), rewrite, FullMailboxes.BOUNCE_FOR_THOSE);
            return rejected.map(refusals::answer).orElse(TAKEN);
        } catch (MessagingException e) {
            LOGGER.error("A message couldn't be made durable", e);
            return refusals.answer(Reason.LOCAL_TROUBLE);
        }
    }
}
