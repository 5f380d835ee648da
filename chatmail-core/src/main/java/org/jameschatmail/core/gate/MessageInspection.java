package org.jameschatmail.core.gate;

import java.util.Optional;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.mime.MimeEntity;
import org.jameschatmail.core.mime.MimeVisitor;
import org.jameschatmail.core.mime.Strictness;
import org.jameschatmail.core.openpgp.OpenPgpRecognizer;
import org.jameschatmail.core.securejoin.SecureJoinRecognizer;

/** What both gates learn of a message while it is read. Single use, not thread-safe. */
final class MessageInspection implements MimeVisitor {
    private final OpenPgpRecognizer openPgp;
    private final SecureJoinRecognizer secureJoin;
    private Optional<EmailAddress> from = Optional.empty();
    private boolean duplicateContentType;
    private boolean bounce;

    MessageInspection(Strictness strictness) {
        this.openPgp = new OpenPgpRecognizer(strictness);
        this.secureJoin = new SecureJoinRecognizer(strictness);
    }

    /** The first address of the only From field. */
    Optional<EmailAddress> from() {
        return from;
    }

    boolean hasDuplicateContentType() {
        return duplicateContentType;
    }

    boolean isEncryptedOrSecureJoin() {
        return openPgp.isRecognized() || secureJoin.isRecognized();
    }

    /** Whether the header says bounce: Auto-Submitted, From mailer-daemon, multipart/report. */
    boolean isBounce() {
        return bounce;
    }

    @Override
    public void startEntity(MimeEntity entity) {
        if (entity.depth() == 0) {
            inspect(entity);
        }
        openPgp.startEntity(entity);
        secureJoin.startEntity(entity);
    }

    private void inspect(MimeEntity entity) {
        from = entity.header().only("From").flatMap(EmailAddress::firstOf);
        duplicateContentType = entity.header().count("Content-Type") > 1;
        boolean autoSubmitted = entity.header()
                .only("Auto-Submitted")
                .filter(value -> !value.isEmpty() && !value.equalsIgnoreCase("no"))
                .isPresent();
        boolean fromDaemon =
                from.filter(address -> address.hasLocalPart("mailer-daemon")).isPresent();
        bounce = autoSubmitted && fromDaemon && entity.isMultipart() && entity.hasType("multipart/report");
    }

    @Override
    public void content(byte[] buffer, int offset, int length) {
        openPgp.content(buffer, offset, length);
        secureJoin.content(buffer, offset, length);
    }

    @Override
    public void textOutsideParts() {
        openPgp.textOutsideParts();
        secureJoin.textOutsideParts();
    }

    @Override
    public void endEntity(MimeEntity entity, boolean intact) {
        openPgp.endEntity(entity, intact);
        secureJoin.endEntity(entity, intact);
    }
}
