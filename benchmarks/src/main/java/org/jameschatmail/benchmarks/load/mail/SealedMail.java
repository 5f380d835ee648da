package org.jameschatmail.benchmarks.load.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A message as Delta Chat sends it: PGP/MIME with a key packet and a data packet in their right order, filled with
 * random bytes that nobody can decrypt. Immutable as long as nobody writes into {@code data}.
 *
 * @param messageId without angle brackets
 * @param data the whole message, CRLF at every line's end; no line starts with a dot
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3156#section-4">RFC 3156, section 4</a>
 */
public record SealedMail(String messageId, String sender, List<String> recipients, byte[] data) {
    private static final int LINE = 76;
    private static final Base64.Encoder ARMOR = Base64.getMimeEncoder(LINE, new byte[] {'\r', '\n'});
    private static final int SMALLEST_PAYLOAD = 256;

    /** A message of about {@code size} bytes: 6,000 is one with a few lines of text and the keys of a small group. */
    public static SealedMail random(RandomGenerator random, String sender, List<String> recipients, int size) {
        String unique = HexFormat.of().formatHex(bytes(random, 12));
        String messageId = unique + sender.substring(sender.indexOf('@'));
        String frame = frame(sender, String.join(">,\r\n\t<", recipients), messageId, unique);
        // Base64 in lines of 76 and their ends turn 57 bytes into 78.
        int payload = Math.max(SMALLEST_PAYLOAD, (size - frame.length()) * 57 / 78);
        String armored = ARMOR.encodeToString(packets(random, payload));
        byte[] data = frame.replace("@@", armored).getBytes(StandardCharsets.US_ASCII);
        return new SealedMail(messageId, sender, List.copyOf(recipients), data);
    }

    private static String frame(String sender, String recipients, String messageId, String boundary) {
        return """
                From: <%1$s>
                To: <%2$s>
                Date: Mon, 02 Nov 2026 10:00:00 +0000
                Message-ID: <%3$s>
                Subject: [...]
                Chat-Version: 1.0
                MIME-Version: 1.0
                Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";
                \tboundary="%4$s"

                --%4$s
                Content-Type: application/pgp-encrypted; charset="utf-8"
                Content-Description: PGP/MIME version identification
                Content-Transfer-Encoding: 7bit

                Version: 1

                --%4$s
                Content-Type: application/octet-stream; name="encrypted.asc";
                \tcharset="utf-8"
                Content-Description: OpenPGP encrypted message
                Content-Disposition: inline; filename="encrypted.asc";
                Content-Transfer-Encoding: 7bit

                -----BEGIN PGP MESSAGE-----

                @@
                -----END PGP MESSAGE-----

                --%4$s--
                """.replace("\n", "\r\n").formatted(sender, recipients, messageId, boundary);
    }

    /** A session key for one recipient (type 1, version 3, ECDH), then the sealed data (type 18, version 1). */
    private static byte[] packets(RandomGenerator random, int size) {
        byte[] all = bytes(random, size);
        ByteBuffer packets = ByteBuffer.wrap(all);
        packets.put((byte) 0xc1).put((byte) 94).put((byte) 3);
        packets.position(packets.position() + 8);
        packets.put((byte) 18).put((byte) 1).put((byte) 7).put((byte) 0x40);
        packets.position(packets.position() + 32);
        packets.put((byte) 48);
        packets.position(packets.position() + 48);
        packets.put((byte) 0xd2).put((byte) 0xff);
        packets.putInt(packets.remaining() - Integer.BYTES);
        packets.put((byte) 1);
        return all;
    }

    private static byte[] bytes(RandomGenerator random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
