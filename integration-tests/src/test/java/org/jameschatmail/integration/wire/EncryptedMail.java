package org.jameschatmail.integration.wire;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A PGP/MIME message as the gates want it: the packets are in order, and nobody can decrypt them.
 *
 * @param messageId without angle brackets; new for each message, so that a test knows it again
 * @param text header and body with CRLF line ends, without the final dot of DATA
 */
public record EncryptedMail(String messageId, String text) {
    public static EncryptedMail from(String sender) {
        String messageId = UUID.randomUUID() + "@localhost";
        String text = """
                From: <%s>
                To: "hidden-recipients": ;
                Subject: [...]
                Date: Mon, 02 Nov 2026 10:00:00 +0000
                Message-ID: <%s>
                Chat-Version: 1.0
                MIME-Version: 1.0
                Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"

                --b
                Content-Type: application/pgp-encrypted

                Version: 1

                --b
                Content-Type: application/octet-stream

                -----BEGIN PGP MESSAGE-----

                %s
                -----END PGP MESSAGE-----

                --b--
                """.formatted(sender, messageId, Base64.getEncoder().encodeToString(packets()))
                .stripTrailing();
        return new EncryptedMail(messageId, text.replace("\n", "\r\n"));
    }

    /** The same message with these lines on top of its header. */
    public EncryptedMail withHeader(String lines) {
        return new EncryptedMail(messageId, lines.strip().replace("\n", "\r\n") + "\r\n" + text);
    }

    /** The same message without its header fields of that name, which stand on one line each. */
    public EncryptedMail withoutHeader(String name) {
        return new EncryptedMail(messageId, text.replaceFirst("(?m)^" + Pattern.quote(name) + ": .*\r\n", ""));
    }

    /** The same message with these lines on top of the header of its last part. */
    public EncryptedMail withPartHeader(String lines) {
        String type = "Content-Type: application/octet-stream\r\n";
        return new EncryptedMail(
                messageId, text.replace(type, type + lines.strip().replace("\n", "\r\n") + "\r\n"));
    }

    /** The lines after the first empty one. */
    public List<String> body() {
        return text.substring(text.indexOf("\r\n\r\n") + 4).lines().toList();
    }

    /**
     * A public-key encrypted session key (type 1, version 3, an invented key id, RSA, a number of 9 bits), then encrypted
     * data (type 18, version 1), as in RFC 9580, sections 5.1 and 5.13.
     */
    private static byte[] packets() {
        return HexFormat.of().parseHex("c10e03" + "0102030405060708" + "01" + "00090102" + "d20801" + "0b16212c37424d");
    }
}
