package org.jameschatmail.core.gate;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
 * Judges the message that another server brings: size, line ends and syntax, then From, then encryption. An envelope
 * sender other than From is no reason to refuse: the verdict then says that it is to be nulled, against backscatter.
 * Each message is read once, in bounded memory. The DKIM signature is not judged here. Stateless, thread-safe.
 */
public final class IncomingGate {
    private final MimeLimits limits;

    public IncomingGate(MimeLimits limits) {
        this.limits = limits;
    }

    /**
     * Judges a message; reads the stream to its end, except for one above the size limit, and doesn't close it.
     *
     * @param envelopeSender empty for the null sender
     * @param everyRecipientAcceptsCleartext whether all recipients have opted in to cleartext; asked only when it matters, and
     *     what it throws goes to the caller
     * @throws IOException when the stream can't be read: our own trouble, to be answered with a 4yz
     */
    public Verdict judge(
            InputStream message, Optional<String> envelopeSender, BooleanSupplier everyRecipientAcceptsCleartext)
            throws IOException {
        MessageInspection inspection = new MessageInspection(Strictness.LENIENT);
        Optional<MimeFault> fault = MimeReader.read(message, limits, inspection);
        if (fault.isPresent()) {
            return MimeFaults.rejection(fault.get());
        }
        Optional<EmailAddress> from = inspection.from();
        if (from.isEmpty()) {
            return Rejected.of(Reason.INVALID_FROM, "", envelopeSender.orElse(""));
        }
        if (inspection.hasDuplicateContentType()) {
            return Rejected.of(Reason.DUPLICATE_CONTENT_TYPE);
        }
        if (!inspection.isEncryptedOrSecureJoin()
                && !inspection.isBounce()
                && !everyRecipientAcceptsCleartext.getAsBoolean()) {
            return Rejected.of(Reason.ENCRYPTION_NEEDED);
        }
        boolean kept = envelopeSender.isEmpty() || from.get().isSameAs(envelopeSender.get());
        return new Accepted(from.get(), kept ? EnvelopeSender.KEPT : EnvelopeSender.NULLED);
    }
}
