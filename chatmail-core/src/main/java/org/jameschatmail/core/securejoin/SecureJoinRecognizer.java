package org.jameschatmail.core.securejoin;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jameschatmail.core.mime.MimeEntity;
import org.jameschatmail.core.mime.MimeVisitor;
import org.jameschatmail.core.mime.Strictness;
import org.jameschatmail.core.mime.TrimmedText;

/**
 * Recognizes a legacy SecureJoin request, which travels in the clear: the header {@code Secure-Join} is exactly
 * {@code vc-request} or {@code vg-request}, and the message is a multipart whose only part is a {@code text/plain} leaf
 * that says {@code secure-join: } and the same word, in any case. Text around the part is refused when
 * {@link Strictness#STRICT}, as it is for OpenPGP. Single use, not thread-safe.
 *
 * @see <a href="https://securejoin.delta.chat/en/latest/new.html">SecureJoin protocols</a>
 */
public final class SecureJoinRecognizer implements MimeVisitor {
    private static final Set<String> STEPS = Set.of("vc-request", "vg-request");
    private static final String BODY_PREFIX = "secure-join: ";

    private final Strictness strictness;
    private final TrimmedText body = new TrimmedText(BODY_PREFIX.length() + "vc-request".length());
    private Optional<String> step = Optional.empty();
    private boolean candidate;
    private boolean recognized;
    private int parts;

    public SecureJoinRecognizer(Strictness strictness) {
        this.strictness = strictness;
    }

    /** The outcome, once the message was read without a fault. */
    public boolean isRecognized() {
        return recognized;
    }

    @Override
    public void startEntity(MimeEntity entity) {
        if (entity.depth() == 0) {
            step = entity.header().only("Secure-Join").filter(STEPS::contains);
            candidate = entity.isMultipart() && step.isPresent();
            return;
        }
        parts++;
        candidate = candidate && !entity.isMultipart() && entity.hasType("text/plain") && parts == 1;
    }

    @Override
    public void content(byte[] buffer, int offset, int length) {
        if (candidate) {
            body.add(buffer, offset, length);
        }
    }

    @Override
    public void textOutsideParts() {
        candidate = candidate && strictness == Strictness.LENIENT;
    }

    @Override
    public void endEntity(MimeEntity entity, boolean intact) {
        candidate = candidate && intact;
        if (candidate && entity.depth() == 0) {
            String expected = BODY_PREFIX + step.orElseThrow();
            recognized = parts == 1 && body.text().toLowerCase(Locale.ROOT).equals(expected);
        }
    }
}
