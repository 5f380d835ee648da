package org.jameschatmail.mailet;

import java.io.InputStream;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.mime.MimeReader;
import org.jameschatmail.core.securejoin.SecureJoinRecognizer;

/**
 * Matches a legacy SecureJoin request, the one message of a chat that may travel in the clear: with it two people who
 * don't have each other's key begin. The condition is {@code outgoing} or {@code incoming}, as for
 * {@link IsOpenPgpEncrypted}.
 *
 * <p>A message that can't be read, is malformed or larger than 30 MiB doesn't match. What is neither a request nor
 * encrypted is refused by a composite of both, which stands before the mailets of its processor:
 *
 * <pre>{@code
 * <matcher name="MayPass" match="org.apache.james.mailetcontainer.impl.matchers.Or">
 *     <matcher match="org.jameschatmail.mailet.IsOpenPgpEncrypted=incoming"/>
 *     <matcher match="org.jameschatmail.mailet.IsSecureJoinRequest=incoming"/>
 * </matcher>
 * <mailet match="MayPass" class="ToProcessor">
 *     <processor>accepted</processor>
 * </mailet>
 * <mailet match="All" class="ToProcessor">
 *     <processor>refused</processor>
 * </mailet>
 * }</pre>
 *
 * Thread-safe.
 *
 * @see <a href="https://securejoin.delta.chat/en/latest/new.html">SecureJoin protocols</a>
 */
public final class IsSecureJoinRequest extends MailPredicate {
    private Direction direction = Direction.OUTGOING;

    public IsSecureJoinRequest() {
        super(false);
    }

    @Override
    public void init() throws MessagingException {
        direction = Direction.parse("IsSecureJoinRequest", getCondition());
    }

    @Override
    boolean test(Mail mail) throws Exception {
        SecureJoinRecognizer recognizer = new SecureJoinRecognizer(direction.strictness());
        try (InputStream message = new MessageOctets(mail).open()) {
            return MimeReader.read(message, MimeLimits.DEFAULT, recognizer).isEmpty() && recognizer.isRecognized();
        }
    }

    @Override
    public String getMatcherInfo() {
        return "Matches SecureJoin requests";
    }
}
