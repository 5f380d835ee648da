package org.jameschatmail.mailet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.Mailet;
import org.apache.mailet.Matcher;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.apache.mailet.base.test.FakeMatcherConfig;

/** Mails as the SMTP server of James makes them, and mailets and matchers as its container does. */
final class Mails {
    static final String ALICE = "ac1_alice@example.org";

    private Mails() {}

    /** The fixture {@code eml/NAME.eml} of the core, one character an octet. */
    static String fixture(String name) {
        try (InputStream in = Mails.class.getResourceAsStream("/eml/" + name + ".eml")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From Alice to two recipients, in the processor {@code transport}, without a login. */
    static MailImpl mail(String message) throws MessagingException {
        MailImpl mail = MailImpl.builder()
                .name("mail-1")
                .sender(ALICE)
                .addRecipients("ac1_bob@example.org", "ac1_carol@example.org")
                .state(Mail.TRANSPORT)
                .build();
        mail.setMessageContent(MimeMessageInputStreamSource.create(
                "mail-1", new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1))));
        return mail;
    }

    static MailImpl withLogin(MailImpl mail, String login) {
        mail.setAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of(login)));
        return mail;
    }

    /** A mail whose message can't be read any more. */
    static MailImpl unreadable() throws MessagingException {
        MailImpl mail = mail(fixture("delta-chat"));
        mail.setMessageNoCopy(new MimeMessageWrapper(new UnreadableSource()));
        return mail;
    }

    /** What James would send or store. */
    static String octets(Mail mail) throws MessagingException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mail.getMessage().writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** Starts a matcher with a condition; null is none. */
    static <T extends Matcher> T started(T matcher, String condition) throws MessagingException {
        FakeMatcherConfig.Builder config =
                FakeMatcherConfig.builder().matcherName(matcher.getClass().getSimpleName());
        if (condition != null) {
            config.condition(condition);
        }
        matcher.init(config.build());
        return matcher;
    }

    /** Starts a mailet with parameters: name, value, name, value. */
    static <T extends Mailet> T started(T mailet, String... parameters) throws MessagingException {
        FakeMailetConfig.Builder config =
                FakeMailetConfig.builder().mailetName(mailet.getClass().getSimpleName());
        for (int i = 0; i < parameters.length; i += 2) {
            config.setProperty(parameters[i], parameters[i + 1]);
        }
        mailet.init(config.build());
        return mailet;
    }
}
