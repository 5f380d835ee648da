package org.jameschatmail.mailet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimePartDataSource;
import org.apache.mailet.Mail;
import org.jameschatmail.core.header.HeaderRewrite;

/**
 * A mail's message as octets, by the mail API alone. An unchanged message is streamed from where James keeps it; one
 * that another mailet gave new content is written to memory first. Header lines come as the mail API has read them,
 * with CRLF at their ends; the body comes as it is. Not thread-safe, as mails aren't.
 */
final class MessageOctets {
    private static final byte[] CRLF = {'\r', '\n'};

    private final Mail mail;
    private final MimeMessage message;

    MessageOctets(Mail mail) throws MessagingException {
        this.mail = mail;
        this.message = mail.getMessage();
    }

    boolean hasField(String name) throws MessagingException {
        return message.getHeader(name) != null;
    }

    /** The header and the blank line after it; the caller closes the stream. */
    InputStream header() throws MessagingException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(2048);
        Enumeration<String> lines = message.getAllHeaderLines();
        while (lines.hasMoreElements()) {
            String line = lines.nextElement();
            octets.writeBytes(line.getBytes(charsetOf(line)));
            octets.writeBytes(CRLF);
        }
        octets.writeBytes(CRLF);
        return new ByteArrayInputStream(octets.toByteArray());
    }

    /** The whole message; the caller closes the stream. */
    InputStream open() throws MessagingException, IOException {
        if (hasItsOwnBody()) {
            return new SequenceInputStream(Collections.enumeration(List.of(header(), message.getRawInputStream())));
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        message.writeTo(written);
        return new ByteArrayInputStream(written.toByteArray());
    }

    /** Whether no one gave it new content: the raw stream goes on showing the old one then. */
    private boolean hasItsOwnBody() throws MessagingException {
        return message.getDataHandler().getDataSource() instanceof MimePartDataSource source
                && source.getMessageContext().getPart() == message;
    }

    /**
     * Gives the mail the rewritten message. Its body is the old one to the octet: saving a changed header with the mail
     * API would also parse the body, add fields, and fail where the body is malformed.
     */
    void rewrite(HeaderRewrite rewrite) throws MessagingException {
        try (InputStream rewritten = rewrite.apply(open())) {
            MimeMessage replacement = new MimeMessage(Session.getInstance(System.getProperties()), rewritten);
            replacement.setFlags(message.getFlags(), true);
            mail.setMessage(replacement);
        } catch (IOException e) {
            throw new MessagingException("The message can't be read", e);
        }
    }

    /** The mail API reads octets as Latin-1, and as UTF-8 only when {@code mail.mime.allowutf8} is set. */
    private static Charset charsetOf(String line) {
        return line.chars().allMatch(c -> c <= 0xFF) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }
}
