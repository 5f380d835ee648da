package org.jameschatmail.mailet;

import java.io.InputStream;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.openpgp.OpenPgpRecognizer;

/**
 * Matches a message that is wholly OpenPGP-encrypted, by its packets and never by its MIME names alone. The condition
 * is {@code outgoing} (nothing readable beside the encrypted part) or {@code incoming} (armor headers and text around
 * the parts are forgiven). Nothing is decrypted.
 *
 * <p>A message that can't be read, is malformed or larger than 30 MiB doesn't match. To refuse the others, use
 * {@code notmatch}:
 *
 * <pre>{@code
 * <mailet notmatch="org.jameschatmail.mailet.IsOpenPgpEncrypted=outgoing" class="ToProcessor">
 *     <processor>refused</processor>
 * </mailet>
 * }</pre>
 *
 * Thread-safe.
 *
 * @see RefuseCleartext
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3156#section-4">RFC 3156, section 4</a>
 */
public final class IsOpenPgpEncrypted extends MailPredicate {
    private Direction direction = Direction.OUTGOING;

    public IsOpenPgpEncrypted() {
        super(false);
    }

    @Override
    public void init() throws MessagingException {
        direction = Direction.parse("IsOpenPgpEncrypted", getCondition());
    }

    @Override
    boolean test(Mail mail) throws Exception {
        try (InputStream message = new MessageOctets(mail).open()) {
            return OpenPgpRecognizer.recognizes(message, MimeLimits.DEFAULT, direction.strictness());
        }
    }

    @Override
    public String getMatcherInfo() {
        return "Matches OpenPGP-encrypted messages";
    }
}
