package org.jameschatmail.mailet;

import java.util.Optional;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.mime.MimeEntity;
import org.jameschatmail.core.mime.MimeVisitor;

/** Finds the first address of a message's only From field. Single use, not thread-safe. */
final class FromReader implements MimeVisitor {
    private Optional<EmailAddress> from = Optional.empty();

    Optional<EmailAddress> from() {
        return from;
    }

    @Override
    public void startEntity(MimeEntity entity) {
        if (entity.depth() == 0) {
            from = entity.header().only("From").flatMap(EmailAddress::firstOf);
        }
    }

    @Override
    public void content(byte[] buffer, int offset, int length) {}

    @Override
    public void textOutsideParts() {}

    @Override
    public void endEntity(MimeEntity entity, boolean intact) {}
}
