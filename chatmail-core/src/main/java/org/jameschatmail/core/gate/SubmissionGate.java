package org.jameschatmail.core.gate;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.mime.MimeFault;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.mime.MimeReader;
import org.jameschatmail.core.mime.Strictness;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.EnvelopeSender;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;

/**
 * Judges the message that a logged-in user submits: size, line ends and syntax, then From, then encryption. Each
 * message is read once, in bounded memory. Stateless, thread-safe.
 *
 * <p>For example, a cleartext message from {@code ac1_xxxxx@example.org} is refused with
 * {@code 523 Encryption Needed: Invalid Unencrypted Mail}, whoever its recipients are.
 */
public final class SubmissionGate {
    private final MimeLimits limits;

    public SubmissionGate(MimeLimits limits) {
        this.limits = limits;
    }

    /**
     * Judges a message; reads the stream to its end, except for one above the size limit, and doesn't close it.
     *
     * @param sender the envelope sender, or the login when the envelope sender is null: From must be this address
     * @throws IOException when the stream can't be read: our own trouble, to be answered with a 4yz
     */
    public Verdict judge(InputStream message, String sender) throws IOException {
        MessageInspection inspection = new MessageInspection(Strictness.STRICT);
        Optional<MimeFault> fault = MimeReader.read(message, limits, inspection);
        if (fault.isPresent()) {
            return MimeFaults.rejection(fault.get());
        }
        Optional<EmailAddress> from = inspection.from();
        if (from.filter(address -> address.isSameAs(sender)).isEmpty()) {
            String named = from.map(EmailAddress::toString).orElse("");
            return Rejected.of(Reason.INVALID_FROM, named, sender);
        }
        if (inspection.hasDuplicateContentType()) {
            return Rejected.of(Reason.DUPLICATE_CONTENT_TYPE);
        }
        if (!inspection.isEncryptedOrSecureJoin()) {
            return Rejected.of(Reason.ENCRYPTION_NEEDED);
        }
        return new Accepted(from.get(), EnvelopeSender.KEPT);
    }
}
