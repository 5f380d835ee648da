package org.jameschatmail.mailet;

import java.io.InputStream;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.mime.MimeReader;

/**
 * Matches a message that is from whom it says: its only From field names first the envelope sender, letters in any
 * case, and the envelope sender is the SMTP login if there was one. With the null sender, From must be the login. Takes
 * no condition.
 *
 * <p>A message without From, with two or with a malformed one doesn't match, nor does one that can't be read. To refuse
 * them, use {@code notmatch}:
 *
 * <pre>{@code
 * <mailet notmatch="org.jameschatmail.mailet.IsSenderAligned" class="ToProcessor">
 *     <processor>refused</processor>
 * </mailet>
 * }</pre>
 *
 * Thread-safe.
 */
public final class IsSenderAligned extends MailPredicate {
    public IsSenderAligned() {
        super(false);
    }

    @Override
    public void init() throws MessagingException {
        String condition = getCondition();
        if (condition != null && !condition.isBlank()) {
            throw new MessagingException("IsSenderAligned takes no condition");
        }
    }

    @Override
    boolean test(Mail mail) throws Exception {
        Optional<String> sender = Submitter.of(mail).address();
        if (sender.isEmpty()) {
            return false;
        }
        FromReader reader = new FromReader();
        try (InputStream header = new MessageOctets(mail).header()) {
            boolean readable =
                    MimeReader.read(header, MimeLimits.DEFAULT, reader).isEmpty();
            Optional<EmailAddress> from = reader.from();
            return readable && from.isPresent() && from.get().isSameAs(sender.get());
        }
    }

    @Override
    public String getMatcherInfo() {
        return "Matches messages whose From is their sender";
    }
}
