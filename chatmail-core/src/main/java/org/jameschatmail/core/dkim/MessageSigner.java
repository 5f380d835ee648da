package org.jameschatmail.core.dkim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jameschatmail.core.address.MailDomain;

/**
 * Signs messages for a domain, with one signature a key. Each field of {@link #SIGNED} is named once more than it is
 * there, so that nobody can add another one. Immutable, thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6376">RFC 6376</a>
 * @param domain who answers for the messages
 * @param keys the first one's signature stands on top
 */
public record MessageSigner(MailDomain domain, List<SigningKey> keys) {
    /** Lower case, in the order of {@code h=}. */
    static final List<String> SIGNED = List.of(
            "from",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "reply-to",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "autocrypt",
            "chat-version",
            "auto-submitted");

    private static final int LINE = 72;
    /** Above the limit of the gates. */
    private static final int MAX_HEADER_OCTETS = 1 << 20;

    public MessageSigner {
        keys = List.copyOf(keys);
    }

    /**
     * The fields to put on top of a message, each with its line end; nothing where the domain is an address, which has no
     * place to publish keys.
     *
     * @param message with CRLF line ends; read to its end, not closed
     */
    public byte[] sign(InputStream message, Instant now) throws IOException {
        if (domain.isAddressLiteral() || keys.isEmpty()) {
            return new byte[0];
        }
        List<String> fields = readFields(message);
        String bodyHash = Base64.getEncoder().encodeToString(SimpleBody.hash(message));
        StringBuilder signatures = new StringBuilder();
        for (SigningKey key : keys) {
            signatures.append(sign(key, fields, bodyHash, now));
        }
        return signatures.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String sign(SigningKey key, List<String> fields, String bodyHash, Instant now) {
        List<String> names = new ArrayList<>();
        StringBuilder data = new StringBuilder();
        for (String name : SIGNED) {
            List<String> present = new ArrayList<>(
                    fields.stream().filter(field -> nameOf(field).equals(name)).toList());
            Collections.reverse(present);
            present.forEach(field -> data.append(relaxed(field)).append("\r\n"));
            names.addAll(Collections.nCopies(present.size() + 1, name));
        }
        String unsigned =
                "DKIM-Signature: v=1; a=%s; c=relaxed/simple; d=%s;\r\n\ts=%s; t=%d;\r\n\th=%s;\r\n\tbh=%s;\r\n\tb="
                        .formatted(
                                key.algorithm().tag(),
                                domain.text(),
                                key.selector(),
                                now.getEpochSecond(),
                                folded(names),
                                bodyHash);
        data.append(relaxed(unsigned));
        byte[] signature = key.sign(data.toString().getBytes(StandardCharsets.ISO_8859_1));
        String encoded = Base64.getEncoder().encodeToString(signature);
        return unsigned + encoded.replaceAll("(.{" + LINE + "})(?=.)", "$1\r\n\t ") + "\r\n";
    }

    private static String folded(List<String> names) {
        StringBuilder list = new StringBuilder();
        int column = 0;
        for (String name : names) {
            if (column + name.length() > LINE) {
                list.append("\r\n\t ");
                column = 0;
            }
            list.append(name).append(':');
            column += name.length() + 1;
        }
        list.setLength(list.length() - 1);
        return list.toString();
    }

    /** The fields with their inner line breaks, without the last one; the message is then at its body. */
    private static List<String> readFields(InputStream message) throws IOException {
        List<String> fields = new ArrayList<>();
        ByteArrayOutputStream field = new ByteArrayOutputStream(256);
        int total = 0;
        boolean atLineStart = true;
        for (int octet = message.read(); octet >= 0; octet = message.read()) {
            if (++total > MAX_HEADER_OCTETS) {
                throw new IOException("Header exceeds " + MAX_HEADER_OCTETS + " octets");
            }
            if (atLineStart && octet != ' ' && octet != '\t') {
                addField(fields, field);
            }
            field.write(octet);
            atLineStart = octet == '\n';
            if (atLineStart && isLineEnd(field)) {
                return fields;
            }
        }
        addField(fields, field);
        return fields;
    }

    private static boolean isLineEnd(ByteArrayOutputStream field) {
        return field.size() <= 2 && field.toString(StandardCharsets.ISO_8859_1).isBlank();
    }

    private static void addField(List<String> fields, ByteArrayOutputStream field) {
        String text = field.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r?\n\\z", "");
        if (!text.isEmpty()) {
            fields.add(text);
        }
        field.reset();
    }

    private static String nameOf(String field) {
        int colon = field.indexOf(':');
        return colon < 0 ? "" : field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }

    /** RFC 6376, section 3.4.2. */
    private static String relaxed(String field) {
        int colon = field.indexOf(':');
        String value = field.substring(colon + 1)
                .replace("\r\n", "")
                .replaceAll("[ \t]+", " ")
                .strip();
        return nameOf(field) + ":" + value;
    }
}
