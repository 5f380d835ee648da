package org.jameschatmail.mailet;

import java.io.UnsupportedEncodingException;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeUtility;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.jameschatmail.core.header.HeaderRewrite;

/**
 * Replaces the Subject of a message by {@code [...]}, or by the parameter {@code value}: the true one is inside the
 * encrypted part. A message without a Subject stays without; of several, each is replaced. The header fields of MIME
 * parts, the other fields and every octet of the body stay.
 *
 * <pre>{@code
 * <mailet match="All" class="org.jameschatmail.mailet.ReplaceSubject">
 *     <value>[...]</value>
 * </mailet>
 * }</pre>
 *
 * <p>The value is one line of at most {@value #MAX_LENGTH} characters; what isn't ASCII is written as RFC 2047 has it.
 * A message that can't be read goes to the processor of {@code onMailetException}, {@code error} by default.
 * Thread-safe.
 */
public final class ReplaceSubject extends GenericMailet {
    private static final String DEFAULT_VALUE = "[...]";
    private static final int MAX_LENGTH = 100;

    private String value = DEFAULT_VALUE;

    @Override
    public void init() throws MessagingException {
        checkInitParameters(Set.of("value"));
        String text = getInitParameter("value", DEFAULT_VALUE).strip();
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            throw new MessagingException("ReplaceSubject: <value> takes one line, 1 to " + MAX_LENGTH + " characters");
        }
        try {
            value = MimeUtility.encodeText(text, "UTF-8", "B");
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("ReplaceSubject: <value> can't be encoded", e);
        }
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        MimeMessage message = mail.getMessage();
        String[] subjects = message.getHeader("Subject");
        if (subjects == null || (subjects.length == 1 && subjects[0].equals(value))) {
            return;
        }
        new MessageOctets(mail).rewrite(new HeaderRewrite(Set.of(), Optional.of(value)));
    }

    @Override
    public String getMailetInfo() {
        return "Replaces the Subject by " + value;
    }
}
