package org.jameschatmail.protocols.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.user.api.UsersRepositoryException;
import org.jameschatmail.core.account.CleartextConsents;
import org.jameschatmail.core.configuration.DkimMode;
import org.jameschatmail.core.configuration.IncomingConfiguration;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.gate.IncomingGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;
import org.jameschatmail.protocols.dkim.DkimCheck;
import org.jameschatmail.protocols.smtp.LocalRecipients.Whereabouts;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What mail from other servers has to keep to, whichever way it comes: on port 25, whose hooks ask here, or whole, by
 * {@link MxdelivDoor}. What can't be judged is refused with 451. Waits for DNS and the database. Thread-safe.
 */
public final class IncomingRules {
    private static final Logger LOGGER = LoggerFactory.getLogger(IncomingRules.class);

    private final IncomingGate gate;
    private final DkimCheck signatures;
    private final boolean signatureNeeded;
    private final LocalRecipients recipients;
    private final CleartextConsents consents;

    @Inject
    public IncomingRules(
            MessageConfiguration message,
            IncomingConfiguration incoming,
            DkimCheck signatures,
            LocalRecipients recipients,
            CleartextConsents consents) {
        this.gate = new IncomingGate(MimeLimits.DEFAULT.withMaxMessageBytes(message.sizeMax()));
        this.signatures = signatures;
        this.signatureNeeded = incoming.dkim() == DkimMode.REQUIRE;
        this.recipients = recipients;
        this.consents = consents;
    }

    /**
     * Mail from elsewhere is for accounts of ours and nobody else: {@code 550 5.7.1} for another domain (no relaying),
     * {@code 550 5.1.1} for an unknown account, {@code 451} when that isn't known at the moment.
     */
    Optional<Reason> refusalOf(MailAddress recipient) {
        try {
            return switch (recipients.whereabouts(recipient)) {
                case REMOTE -> Optional.of(Reason.RELAYING_DENIED);
                case UNKNOWN -> Optional.of(Reason.UNKNOWN_RECIPIENT);
                case LOCAL, REWRITTEN -> Optional.empty();
            };
        } catch (DomainListException | UsersRepositoryException | RuntimeException e) {
            LOGGER.error("A recipient couldn't be checked", e);
            return Optional.of(Reason.LOCAL_TROUBLE);
        }
    }

    /**
     * The message once it is there: {@link IncomingGate}, then the signature of the From domain.
     *
     * @param sender the envelope sender; the verdict says whether it stays
     * @param to for whom it was taken so far
     * @param client the address of the connection
     */
    Verdict judge(ReceivedMessage message, MaybeSender sender, Collection<MailAddress> to, InetAddress client) {
        Verdict verdict;
        try {
            verdict = judgeContent(message, sender, to);
            if (signatureNeeded && verdict instanceof Accepted accepted) {
                Optional<Rejected> rejected = checkSignature(message, accepted, client);
                verdict = rejected.isPresent() ? rejected.get() : verdict;
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.error("An incoming message couldn't be judged", e);
            return Rejected.of(Reason.LOCAL_TROUBLE);
        }
        if (verdict instanceof Rejected rejected) {
            LOGGER.debug("Incoming message refused: {} {}", rejected.reason(), rejected.detail());
        }
        return verdict;
    }

    private Verdict judgeContent(ReceivedMessage message, MaybeSender sender, Collection<MailAddress> to)
            throws IOException {
        try (InputStream in = message.getInputStream()) {
            return gate.judge(in, sender.asOptional().map(MailAddress::asString), () -> allTakeCleartext(to));
        }
    }

    private Optional<Rejected> checkSignature(ReceivedMessage message, Accepted accepted, InetAddress client)
            throws IOException {
        try (InputStream in = message.getInputStream()) {
            return signatures.check(in, accepted.from(), client);
        }
    }

    /** An address that is rewritten to others has nobody who could opt in for them. */
    private boolean allTakeCleartext(Collection<MailAddress> to) {
        try {
            List<String> accounts = new ArrayList<>();
            for (MailAddress recipient : to) {
                if (recipients.whereabouts(recipient) != Whereabouts.LOCAL) {
                    return false;
                }
                accounts.add(recipients.account(recipient).asString());
            }
            return consents.areGivenBy(accounts);
        } catch (DomainListException | UsersRepositoryException e) {
            throw new IllegalStateException("Who takes cleartext isn't known", e);
        }
    }
}
