package org.jameschatmail.mailet;

import java.util.Locale;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;

/**
 * Who hands a mail in.
 *
 * @param login of the SMTP session, if it had one: an address, or a user name alone where James has no virtual hosting
 * @param envelopeSender empty for the null sender
 */
record Submitter(Optional<String> login, Optional<String> envelopeSender) {
    static Submitter of(Mail mail) {
        return new Submitter(
                AttributeUtils.getValueAndCastFromMail(mail, Mail.SMTP_AUTH_USER, String.class),
                mail.getMaybeSender().asOptional().map(MailAddress::asString));
    }

    /**
     * The address that From must be: the envelope sender, or the login when that is null. Nothing when the envelope
     * sender isn't the login's, or when neither is an address.
     */
    Optional<String> address() {
        if (login.isEmpty()) {
            return envelopeSender;
        }
        String name = lowerCase(login.get());
        if (envelopeSender.isEmpty()) {
            return login.filter(it -> it.contains("@"));
        }
        String sender = lowerCase(envelopeSender.get());
        String own = name.contains("@") ? sender : sender.substring(0, Math.max(0, sender.lastIndexOf('@')));
        return own.equals(name) ? envelopeSender : Optional.empty();
    }

    /** What a rate is counted for: the login, else the envelope sender; all mails without either are one account. */
    String account() {
        return lowerCase(login.or(() -> envelopeSender).orElse(""));
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
