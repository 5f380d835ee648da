package org.jameschatmail.integration.wire;

import java.util.Base64;
import java.util.UUID;

/**
 * A PGP/MIME message as the gates want it: the packets are in order, and nobody can decrypt them.
 *
 * @param messageId without angle brackets; new for each message, so that a test knows it again
 * @param text header and body with CRLF line ends, without the final dot of DATA
 */
public record EncryptedMail(String messageId, String text) {
    public static EncryptedMail from(String sender) {
        String messageId = UUID.randomUUID() + "@localhost";
        String text =
                """
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
                """
                        .formatted(sender, messageId, Base64.getEncoder().encodeToString(packets()))
                        .stripTrailing();
        return new EncryptedMail(messageId, text.replace("\n", "\r\n"));
    }

    /** A public-key encrypted session key (type 1) and encrypted data (type 18), RFC 9580, sections 5.1 and 5.13. */
    private static byte[] packets() {
        return new byte[] {
            // Type 1, 14 bytes: version 3, key id, RSA, one number of 9 bits.
            (byte) 0xC1, 14, 3, 1, 2, 3, 4, 5, 6, 7, 8, 1, 0, 9, 1, 2,
            // Type 18, 8 bytes: version 1, cipher text.
            (byte) 0xD2, 8, 1, 11, 22, 33, 44, 55, 66, 77
        };
    }
}
