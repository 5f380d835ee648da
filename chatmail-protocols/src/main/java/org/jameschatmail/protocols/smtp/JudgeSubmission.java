package org.jameschatmail.protocols.smtp;

import java.io.IOException;
import java.io.InputStream;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.gate.SubmissionGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;
import org.jameschatmail.protocols.smtp.LocalRecipients.Whereabouts;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate of submission, after the final dot: {@link SubmissionGate}, then {@code 550 5.1.1} when no recipient exists.
 * A message with some unknown recipients is accepted, and bounces for those. What can't be judged is refused with 451.
 * Thread-safe.
 */
public final class JudgeSubmission implements JamesMessageHook {
    private static final Logger LOGGER = LoggerFactory.getLogger(JudgeSubmission.class);

    private final SubmissionGate gate;
    private final LocalRecipients recipients;
    private final Refusals refusals;

    @Inject
    public JudgeSubmission(MessageConfiguration configuration, LocalRecipients recipients, Refusals refusals) {
        this.refusals = refusals;
        this.gate = new SubmissionGate(MimeLimits.DEFAULT.withMaxMessageBytes(configuration.sizeMax()));
        this.recipients = recipients;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        String login = session.getUsername().asString();
        try {
            if (judge(session, mail, login) instanceof Rejected rejected) {
                LOGGER.debug("Submission refused: {} {}", rejected.reason(), rejected.detail());
                return refusals.answer(rejected);
            }
            if (hasUnknownRecipientsOnly(mail)) {
                return refusals.answer(Reason.UNKNOWN_RECIPIENT);
            }
            mail.setAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of(login)));
            return HookResult.DECLINED;
        } catch (IOException | DomainListException | UsersRepositoryException | RuntimeException e) {
            LOGGER.error("A submission couldn't be judged", e);
            return refusals.answer(Reason.LOCAL_TROUBLE);
        }
    }

    private Verdict judge(SMTPSession session, Mail mail, String login) throws IOException {
        String sender =
                mail.getMaybeSender().asOptional().map(MailAddress::asString).orElse(login);
        try (InputStream message = ReceivedMessage.of(session).getInputStream()) {
            return gate.judge(message, sender);
        }
    }

    private boolean hasUnknownRecipientsOnly(Mail mail) throws DomainListException, UsersRepositoryException {
        for (MailAddress recipient : mail.getRecipients()) {
            if (recipients.whereabouts(recipient) != Whereabouts.UNKNOWN) {
                return false;
            }
        }
        return true;
    }
}
