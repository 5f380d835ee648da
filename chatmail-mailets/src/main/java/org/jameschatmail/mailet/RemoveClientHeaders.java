package org.jameschatmail.mailet;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.jameschatmail.core.header.HeaderRewrite;

/**
 * Drops the header fields of the message that tell about the sender's device and network: Received, X-Originating-IP,
 * X-Mailer and User-Agent, or those of the parameter {@code name}, separated by commas, in any case. The header fields
 * of MIME parts, the other fields and every octet of the body stay.
 *
 * <pre>{@code
 * <mailet match="All" class="org.jameschatmail.mailet.RemoveClientHeaders"/>
 * }</pre>
 *
 * <pre>{@code
 * <mailet match="All" class="org.jameschatmail.mailet.RemoveClientHeaders">
 *     <name>Received, X-Originating-IP, X-Mailer, User-Agent, X-Forwarded-To</name>
 * </mailet>
 * }</pre>
 *
 * <p>Without Received, James can't count how often a mail was relayed: let RelayLimit stand before it. A message that
 * can't be read goes to the processor of {@code onMailetException}, {@code error} by default. Thread-safe.
 */
public final class RemoveClientHeaders extends GenericMailet {
    private static final String DEFAULT_NAMES = "Received, X-Originating-IP, X-Mailer, User-Agent";
    private static final Pattern FIELD_NAME = Pattern.compile("[!-9;-~]+");

    private HeaderRewrite rewrite = new HeaderRewrite(Set.of(), Optional.empty());

    @Override
    public void init() throws MessagingException {
        checkInitParameters(Set.of("name"));
        Set<String> names = new TreeSet<>();
        for (String name : getInitParameter("name", DEFAULT_NAMES).split(",", -1)) {
            if (!FIELD_NAME.matcher(name.strip()).matches()) {
                throw new MessagingException("RemoveClientHeaders: <name> takes header names, separated by commas");
            }
            names.add(name.strip().toLowerCase(Locale.ROOT));
        }
        rewrite = new HeaderRewrite(names, Optional.empty());
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        MessageOctets message = new MessageOctets(mail);
        for (String name : rewrite.dropped()) {
            if (message.hasField(name)) {
                message.rewrite(rewrite);
                return;
            }
        }
    }

    @Override
    public String getMailetInfo() {
        return "Drops header fields that tell about the sender's device and network";
    }
}
