package org.jameschatmail.protocols.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.jameschatmail.core.configuration.DkimMode;
import org.jameschatmail.core.configuration.IncomingConfiguration;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.gate.IncomingGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.EnvelopeSender;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;
import org.jameschatmail.protocols.dkim.DkimCheck;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate of mail from other servers, after the final dot: {@link IncomingGate}, then the signature of the From
 * domain. What can't be judged is refused with 451. Thread-safe.
 */
public final class JudgeIncoming implements JamesMessageHook {
    private static final Logger LOGGER = LoggerFactory.getLogger(JudgeIncoming.class);

    private final IncomingGate gate;
    private final DkimCheck signatures;
    private final boolean signatureNeeded;
    private final Refusals refusals;

    @Inject
    public JudgeIncoming(
            MessageConfiguration message, IncomingConfiguration incoming, DkimCheck signatures, Refusals refusals) {
        this.gate = new IncomingGate(MimeLimits.DEFAULT.withMaxMessageBytes(message.sizeMax()));
        this.signatures = signatures;
        this.signatureNeeded = incoming.dkim() == DkimMode.REQUIRE;
        this.refusals = refusals;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        try {
            Verdict verdict = judge(session, mail);
            if (verdict instanceof Accepted accepted) {
                return checkSignature(session, mail, accepted);
            }
            return refuse((Rejected) verdict);
        } catch (IOException | RuntimeException e) {
            LOGGER.error("An incoming message couldn't be judged", e);
            return refusals.answer(Reason.LOCAL_TROUBLE);
        }
    }

    private HookResult checkSignature(SMTPSession session, Mail mail, Accepted accepted) throws IOException {
        if (signatureNeeded) {
            try (InputStream message = ReceivedMessage.of(session).getInputStream()) {
                Optional<Rejected> rejected = signatures.check(
                        message, accepted.from(), session.getRemoteAddress().getAddress());
                if (rejected.isPresent()) {
                    return refuse(rejected.get());
                }
            }
        }
        if (accepted.envelopeSender() == EnvelopeSender.NULLED) {
            ((MailImpl) mail).setSender(null);
        }
        return HookResult.DECLINED;
    }

    private HookResult refuse(Rejected rejected) {
        LOGGER.debug("Incoming message refused: {} {}", rejected.reason(), rejected.detail());
        return refusals.answer(rejected);
    }

    private Verdict judge(SMTPSession session, Mail mail) throws IOException {
        Optional<String> sender = mail.getMaybeSender().asOptional().map(MailAddress::asString);
        try (InputStream message = ReceivedMessage.of(session).getInputStream()) {
            return gate.judge(message, sender, false);
        }
    }
}
