package org.jameschatmail.mailet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.jameschatmail.core.gate.IncomingGate;
import org.jameschatmail.core.gate.SubmissionGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate of a chatmail relay as a mailet: moves to another processor each mail that isn't OpenPGP-encrypted or a
 * SecureJoin request. Too large, bare CR or LF in the body, malformed, not one clear From: that is refused too. Mails
 * that pass go on with the next mailet.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code direction}, needed: {@code outgoing} also refuses a From other than the sender's (see
 *       {@link IsSenderAligned}); {@code incoming} lets bounces pass and forgives what other mail programs write around
 *       the encrypted part.
 *   <li>{@code processor}, where refused mails go: {@code error} by default. James won't start without it.
 *   <li>{@code maxSize}, bytes, {@code k} or {@code m} behind them or nothing: 31457280 by default.
 * </ul>
 *
 * <pre>{@code
 * <mailet match="All" class="org.jameschatmail.mailet.RefuseCleartext">
 *     <direction>outgoing</direction>
 *     <processor>refused</processor>
 * </mailet>
 * }</pre>
 *
 * <pre>{@code
 * <mailet match="All" class="org.jameschatmail.mailet.RefuseCleartext">
 *     <direction>incoming</direction>
 *     <processor>refused</processor>
 *     <maxSize>30m</maxSize>
 * </mailet>
 * }</pre>
 *
 * <p><b>It fails closed.</b> Whatever goes wrong while it judges counts as a refusal; it never throws, so that
 * {@code onMailetException} is never asked. Keep {@code match="All"}, or a matcher that can't fail: with
 * {@code onMatchException} set to {@code nomatch}, a matcher that throws keeps its mailet from running, which opens a
 * gate. The matchers of this package never throw.
 *
 * <p>The error message of a refused mail is the reply that a chatmail relay would have given, for Bounce to quote:
 * {@code 523 Encryption Needed: Invalid Unencrypted Mail}, for example. Don't bounce what was refused when incoming:
 * its sender may be forged, so put it into a repository. Thread-safe.
 */
public final class RefuseCleartext extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(RefuseCleartext.class);
    private static final Set<String> PARAMETERS = Set.of("direction", "processor", "maxSize");

    private Direction direction = Direction.OUTGOING;
    private ProcessingState processor = new ProcessingState(Mail.ERROR);
    private MimeLimits limits = MimeLimits.DEFAULT;

    @Override
    public void init() throws MessagingException {
        checkInitParameters(PARAMETERS);
        direction = Direction.parse("RefuseCleartext", getInitParameter("direction"));
        String target = getInitParameter("processor", Mail.ERROR).strip();
        if (target.isEmpty() || target.equals(Mail.GHOST)) {
            throw new MessagingException("RefuseCleartext needs the name of a processor, or none for " + Mail.ERROR);
        }
        processor = new ProcessingState(target);
        String maxSize = getInitParameter("maxSize", Long.toString(MimeLimits.DEFAULT.maxMessageBytes()));
        limits = MimeLimits.DEFAULT.withMaxMessageBytes(ByteCount.parse("RefuseCleartext", maxSize));
    }

    @Override
    public void service(Mail mail) {
        Verdict verdict;
        try {
            verdict = judge(mail);
        } catch (Exception | NoClassDefFoundError e) {
            LOGGER.warn(
                    "A mail can't be judged and is refused: {}", e.getClass().getName());
            LOGGER.debug("{}", mail.getName(), e);
            verdict = Rejected.of(Reason.LOCAL_TROUBLE);
        }
        if (verdict instanceof Rejected rejected) {
            refuse(mail, rejected);
        }
    }

    private Verdict judge(Mail mail) throws MessagingException, IOException {
        Submitter submitter = Submitter.of(mail);
        try (InputStream message = new MessageOctets(mail).open()) {
            return switch (direction) {
                case INCOMING -> new IncomingGate(limits).judge(message, submitter.envelopeSender(), () -> false);
                case OUTGOING ->
                    new SubmissionGate(limits)
                            .judge(message, submitter.address().orElse(""));
            };
        }
    }

    private void refuse(Mail mail, Rejected rejected) {
        mail.setState(elsewhere(mail.getState()));
        mail.setErrorMessage(rejected.reply());
        LOGGER.debug("{} is refused: {} {}", mail.getName(), rejected, rejected.detail());
    }

    /** A mail sent to the processor that it is in would just go on there. */
    private String elsewhere(String current) {
        if (!processor.getValue().equals(current)) {
            return processor.getValue();
        }
        LOGGER.warn("RefuseCleartext stands in the processor that it sends refused mails to: name another one");
        return Mail.ERROR.equals(current) ? Mail.GHOST : Mail.ERROR;
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        return List.of(processor);
    }

    @Override
    public String getMailetInfo() {
        return "Moves what isn't encrypted to the processor " + processor.getValue();
    }
}
