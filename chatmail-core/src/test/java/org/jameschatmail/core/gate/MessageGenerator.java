package org.jameschatmail.core.gate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.bcpg.CRC24;
import org.jameschatmail.core.Eml;

/** Wraps packets in armor and PGP/MIME, at random as programs do it, and now and then as none may. */
final class MessageGenerator {
    /**
     * @param wellFormed whether the wrapping, packets aside, is one for the lenient reader
     * @param bare whether it is also one for the strict reader
     */
    record Message(Eml eml, boolean wellFormed, boolean bare) {}

    private static final String CRLF = "\r\n";

    private final Random random;
    private boolean wellFormed;
    private boolean bare;

    MessageGenerator(Random random) {
        this.random = random;
    }

    Message wrap(byte[] packets) {
        wellFormed = true;
        bare = true;
        String boundary =
                random.nextBoolean() ? "=_" + random.nextInt(1000) + "'()+_,-./:=? x" : "b" + random.nextInt();
        List<String> parts = new ArrayList<>();
        parts.add("Content-Type: application/pgp-encrypted" + CRLF + CRLF
                + pick("Version: 1", "Version: 1" + CRLF, CRLF + " Version: 1 " + CRLF));
        parts.add(dataPart(armor(packets)));
        damage(parts);
        StringBuilder text = new StringBuilder("From: <ac1_alice@example.org>" + CRLF);
        text.append("Content-Type: multipart/encrypted;" + CRLF + "\tboundary=\"" + boundary + "\"" + CRLF + CRLF);
        text.append(outside());
        for (String part : parts) {
            text.append(CRLF + "--")
                    .append(boundary)
                    .append(pick("", " \t"))
                    .append(CRLF)
                    .append(part);
        }
        if (once(20)) {
            wellFormed = false;
            text.append(CRLF + "--").append(boundary).append(pick("-", "x--", "-- x", " --"));
        } else {
            text.append(CRLF + "--").append(boundary).append("--");
        }
        text.append(CRLF).append(outside());
        return new Message(new Eml(text.toString()), wellFormed, wellFormed && bare);
    }

    private void damage(List<String> parts) {
        if (once(20)) {
            wellFormed = false;
            switch (random.nextInt(5)) {
                case 0 -> Collections.reverse(parts);
                case 1 -> parts.add("Content-Type: text/plain" + CRLF + CRLF + "hello");
                case 2 -> parts.remove(random.nextInt(2));
                case 3 ->
                    parts.set(
                            0, parts.get(0).replace("Version: 1", pick("Version: 11", "version: 1", "Version:1", "")));
                default -> parts.set(1, "Content-Type: text/plain" + CRLF + CRLF + parts.get(1));
            }
        }
    }

    private String dataPart(String armored) {
        String header = "Content-Type: " + pick("application/octet-stream", "Application/Octet-Stream; name=\"x.asc\"")
                + CRLF + "Content-Transfer-Encoding: ";
        if (once(20)) {
            wellFormed = false;
            return header
                    + pick("base64", "x-unknown", "7bit" + CRLF + "Content-Transfer-Encoding: 7bit")
                    + CRLF
                    + CRLF
                    + armored;
        }
        byte[] octets = armored.getBytes(StandardCharsets.ISO_8859_1);
        return switch (random.nextInt(4)) {
            case 0 -> header + "base64" + CRLF + CRLF + Base64.getMimeEncoder().encodeToString(octets);
            case 1 -> header + "Quoted-Printable" + CRLF + CRLF + quotedPrintable(armored);
            default -> header + pick("7bit", "8bit", "binary") + CRLF + CRLF + armored;
        };
    }

    private String armor(byte[] packets) {
        String header = "";
        if (once(8)) {
            bare = false;
            header = pick("Version: 3", "Comment: " + "x".repeat(80)) + CRLF;
        }
        int width = 4 * (8 + random.nextInt(12));
        String data = Base64.getMimeEncoder(width, CRLF.getBytes(StandardCharsets.US_ASCII))
                .encodeToString(packets);
        CRC24 crc = new CRC24();
        for (byte octet : packets) {
            crc.update(octet);
        }
        int sum = crc.getValue() + (once(5) ? 1 : 0);
        byte[] sumOctets = {(byte) (sum >> 16), (byte) (sum >> 8), (byte) sum};
        String checksum = pick("", "=" + Base64.getEncoder().encodeToString(sumOctets) + CRLF);
        String armored = pick("", CRLF) + "-----BEGIN PGP MESSAGE-----" + CRLF + header + CRLF + data + CRLF + checksum
                + "-----END PGP MESSAGE-----" + pick("", CRLF, CRLF + CRLF);
        return once(20) ? damageArmor(armored) : armored;
    }

    private String damageArmor(String armored) {
        wellFormed = false;
        return switch (random.nextInt(6)) {
            case 0 -> armored.replace("BEGIN PGP MESSAGE", "BEGIN PGP MESSAGE, PART 1/1");
            case 1 -> armored.replace("END PGP MESSAGE", "END PGP SIGNATURE");
            case 2 -> armored + "hello";
            case 3 -> "hello" + armored;
            case 4 -> armored.replace(CRLF + "-----END", CRLF + "!" + CRLF + "-----END");
            default -> armored.replace("-----END", "----END");
        };
    }

    private String quotedPrintable(String text) {
        StringBuilder encoded = new StringBuilder();
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineBreak = text.startsWith(CRLF, i);
            if (lineBreak) {
                encoded.append(CRLF);
                i++;
                column = 0;
            } else if (c == '=' || random.nextInt(10) == 0) {
                encoded.append('=').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
                column += 3;
            } else {
                encoded.append(c);
                column++;
            }
            if (column > 70) {
                encoded.append("=" + CRLF);
                column = 0;
            }
        }
        return encoded.toString();
    }

    private String outside() {
        if (once(8)) {
            bare = false;
            return "This is an OpenPGP/MIME encrypted message" + CRLF;
        }
        return pick("", CRLF, " " + CRLF + CRLF);
    }

    private boolean once(int times) {
        return random.nextInt(times) == 0;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
