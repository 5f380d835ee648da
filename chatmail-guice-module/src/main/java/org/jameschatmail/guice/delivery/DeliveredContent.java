package org.jameschatmail.guice.delivery;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.james.core.MaybeSender;
import org.apache.james.mailbox.model.Content;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.header.HeaderRewrite.Rewritten;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;

/**
 * A received message as a mailbox keeps it: Return-Path, the rewritten header, and the rest as it came.
 *
 * @param header Return-Path, and the rewritten one with its empty line
 * @param returnPath how many octets of it are the Return-Path
 * @param consumed how many octets of the message it stands for
 */
record DeliveredContent(ReceivedMessage message, byte[] header, int returnPath, int consumed) implements Content {
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^message-id[ \\t]*:");

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.4">RFC 5321, section 4.4</a> */
    static DeliveredContent of(ReceivedMessage message, MaybeSender sender, HeaderRewrite rewrite) throws IOException {
        Rewritten rewritten;
        try (InputStream in = message.getInputStream()) {
            rewritten = rewrite.header(in);
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream(rewritten.octets().length + 128);
        header.writeBytes(("Return-Path: " + sender.asPrettyString() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        int returnPath = header.size();
        header.writeBytes(rewritten.octets());
        return new DeliveredContent(message, header.toByteArray(), returnPath, rewritten.consumed());
    }

    /** Whether it says which message it is; two that say so and are alike are the same one. */
    boolean hasMessageId() {
        return MESSAGE_ID
                .matcher(new String(header, StandardCharsets.ISO_8859_1))
                .find();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream rest = message.getInputStream();
        rest.skipNBytes(consumed);
        return new SequenceInputStream(new ByteArrayInputStream(header), rest);
    }

    /** Writes the message as it leaves for another server: there is no Return-Path before the last one. */
    void writeOutgoing(OutputStream out) throws IOException {
        out.write(header, returnPath, header.length - returnPath);
        try (InputStream rest = message.getInputStream()) {
            rest.skipNBytes(consumed);
            rest.transferTo(out);
        }
    }

    @Override
    public long size() {
        return header.length + message.getMessageSize() - consumed;
    }
}
