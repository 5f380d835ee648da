package org.jameschatmail.core.gate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;

/**
 * Reads a message with other people's code, mime4j for the parts and Bouncy Castle for the packets, and as generously
 * as the rules allow: what a gate lets pass must pass here as well.
 */
record MessageOracle(List<Field> header, String type, List<Leaf> leaves, boolean nested) {
    private record Leaf(String type, byte[] content) {
        String text() {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }

    private static final MimeConfig CONFIG = MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxContentLen(-1)
            .build();
    private static final Pattern ARMOR =
            Pattern.compile("\\s*-----BEGIN PGP MESSAGE-----\\r\\n(?:[^\\r\\n]*\\S[^\\r\\n]*\\r\\n)*[ \\t]*\\r\\n"
                    + "([A-Za-z0-9+/\\s]*={0,2})\\s*(?:=[A-Za-z0-9+/ \\t]*\\s+)?-----END PGP MESSAGE-----\\s*");

    static MessageOracle read(byte[] message) {
        List<Field> header = new ArrayList<>();
        List<Leaf> leaves = new ArrayList<>();
        String type = "";
        int multiparts = 0;
        int depth = 0;
        MimeTokenStream tokens = new MimeTokenStream(CONFIG);
        tokens.parse(new ByteArrayInputStream(message));
        try {
            for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
                switch (state) {
                    case T_START_BODYPART -> depth++;
                    case T_END_BODYPART -> depth--;
                    case T_FIELD -> {
                        if (depth == 0) {
                            header.add(tokens.getField());
                        }
                    }
                    case T_START_MULTIPART -> {
                        type = multiparts++ == 0 ? tokens.getBodyDescriptor().getMimeType() : type;
                    }
                    case T_BODY -> {
                        try (InputStream content = tokens.getDecodedInputStream()) {
                            leaves.add(new Leaf(tokens.getBodyDescriptor().getMimeType(), content.readAllBytes()));
                        }
                    }
                    default -> {}
                }
            }
        } catch (IOException | MimeException e) {
            throw new AssertionError("mime4j can't read this message", e);
        }
        return new MessageOracle(header, type, leaves, multiparts > 1);
    }

    /** PGP/MIME with one armored, encrypted message. */
    boolean isEncrypted() {
        return type.equalsIgnoreCase("multipart/encrypted")
                && !nested
                && leaves.size() == 2
                && leaves.get(0).type().equalsIgnoreCase("application/pgp-encrypted")
                && leaves.get(0).text().strip().equals("Version: 1")
                && leaves.get(1).type().equalsIgnoreCase("application/octet-stream")
                && isArmored(leaves.get(1).text());
    }

    boolean isSecureJoinRequest() {
        List<String> requests = values("Secure-Join");
        return requests.size() == 1
                && Set.of("vc-request", "vg-request").contains(requests.get(0))
                && type.toLowerCase(Locale.ROOT).startsWith("multipart/")
                && !nested
                && leaves.size() == 1
                && leaves.get(0).type().equalsIgnoreCase("text/plain")
                && leaves.get(0).text().strip().toLowerCase(Locale.ROOT).equals("secure-join: " + requests.get(0));
    }

    boolean isBounce() {
        List<String> from = values("From");
        return type.equalsIgnoreCase("multipart/report")
                && values("Auto-Submitted").size() == 1
                && from.size() == 1
                && from.get(0).toLowerCase(Locale.ROOT).contains("mailer-daemon");
    }

    private List<String> values(String name) {
        return header.stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .map(field -> field.getBody().strip())
                .toList();
    }

    private static boolean isArmored(String text) {
        Matcher armor = ARMOR.matcher(text);
        if (!armor.matches()) {
            return false;
        }
        try {
            return areEncrypted(
                    ByteBuffer.wrap(Base64.getDecoder().decode(armor.group(1).replaceAll("\\s", ""))));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The same as {@link #isEncrypted(byte[])}, bodies of any kind: Bouncy Castle refuses what it can't decrypt. */
    private static boolean areEncrypted(ByteBuffer packets) {
        int first = packets.get() & 0xFF;
        int type = (first & 0xC0) == 0xC0 ? first & 0x3F : (first & 0x3C) >> 2;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean partial = false;
        do {
            int octet = first < 0xC0 ? 0 : packets.get() & 0xFF;
            partial = octet >= 224 && octet < 255;
            int length;
            if (first < 0xC0) {
                length = bigEndian(packets, 1 << (first & 3));
            } else if (partial) {
                length = 1 << (octet - 224);
            } else if (octet == 255) {
                length = packets.getInt();
            } else {
                length = octet < 192 ? octet : (octet - 192) * 256 + (packets.get() & 0xFF) + 192;
            }
            if (length < 0 || length > packets.remaining()) {
                return false;
            }
            byte[] chunk = new byte[length];
            packets.get(chunk);
            body.writeBytes(chunk);
        } while (partial);
        if (type == PacketTags.SYM_ENC_INTEGRITY_PRO) {
            byte version = body.size() > 1 ? body.toByteArray()[0] : 0;
            return (version == 1 || version == 2) && !packets.hasRemaining();
        }
        boolean sessionKey = type == PacketTags.PUBLIC_KEY_ENC_SESSION || type == PacketTags.SYMMETRIC_KEY_ENC_SESSION;
        return sessionKey && areEncrypted(packets);
    }

    private static int bigEndian(ByteBuffer octets, int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 8 | octets.get() & 0xFF;
        }
        return number;
    }

    /** Session keys, then one encrypted packet that isn't empty, then the end: as Bouncy Castle reads them. */
    static boolean isEncrypted(byte[] packets) {
        BCPGInputStream in = new BCPGInputStream(new ByteArrayInputStream(packets));
        try {
            while (true) {
                switch (in.nextPacketTag()) {
                    case PacketTags.PUBLIC_KEY_ENC_SESSION, PacketTags.SYMMETRIC_KEY_ENC_SESSION -> in.readPacket();
                    case PacketTags.SYM_ENC_INTEGRITY_PRO -> {
                        SymmetricEncIntegrityPacket packet = (SymmetricEncIntegrityPacket) in.readPacket();
                        boolean empty = packet.getInputStream().transferTo(OutputStream.nullOutputStream()) == 0;
                        boolean known = packet.getVersion() == 1 || packet.getVersion() == 2;
                        return known && !empty && in.nextPacketTag() == -1;
                    }
                    default -> {
                        return false;
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
