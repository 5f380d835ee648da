package org.jameschatmail.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jameschatmail.core.Eml;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What mail programs send, and its hostile twins: for each program, one for each rule that it then breaks. */
class MailProgramsTest {
    private static final String ENCRYPTION_NEEDED = "523 Encryption Needed: Invalid Unencrypted Mail";
    private static final Pattern SENDER = Pattern.compile("\r\nFrom: .*<(.*)>|^From: .*<(.*)>");
    private static final Pattern DATA_PART =
            Pattern.compile("(?s)(Content-Type: application/octet-stream.*?\r\n\r\n)(.*)(\r\n--[^\r\n]*--(?:\r\n)*)$");
    private static final Pattern ARMOR =
            Pattern.compile("(?s)(-----BEGIN PGP MESSAGE-----\r\n.*?\r\n\r\n|-----BEGIN PGP MESSAGE-----\r\n\r\n)(.*?)"
                    + "(?:\r\n=[A-Za-z0-9+/]{4})?(\r\n-----END PGP MESSAGE-----)");

    /** The programs, and whether they explain themselves in text or armor headers, which is for incoming mail alone. */
    enum Program {
        DELTA_CHAT("delta-chat", true),
        DELTA_CHAT_LARGE("delta-chat-large", true),
        BASE64_PART("base64-part", true),
        QUOTED_PRINTABLE_PART("quoted-printable-part", true),
        GNUPG_MUTT("gnupg-mutt", true),
        GNUPG_SYMMETRIC("gnupg-symmetric", true),
        GNUPG_PARTIAL("gnupg-partial", true),
        SEQUOIA("sequoia", true),
        THUNDERBIRD("thunderbird", false),
        THUNDERBIRD_PROTECTED("thunderbird-protected", false),
        PROTON("proton", false);

        private final Eml message;
        private final boolean terse;

        Program(String fixture, boolean terse) {
            this.message = Eml.fixture(fixture);
            this.terse = terse;
        }
    }

    private final SubmissionGate submission = new SubmissionGate(MimeLimits.DEFAULT);
    private final IncomingGate incoming = new IncomingGate(MimeLimits.DEFAULT);

    @ParameterizedTest
    @EnumSource
    void messageShouldPassAsTheProgramSendsIt(Program program) throws IOException {
        String from = from(program.message);
        assertThat(incoming.judge(program.message.stream(), Optional.of(from), () -> false))
                .isInstanceOf(Accepted.class);
        Verdict outgoing = submission.judge(program.message.stream(), from);
        if (program.terse) {
            assertThat(outgoing).isInstanceOf(Accepted.class);
        } else {
            assertThat(((Rejected) outgoing).reply()).isEqualTo(ENCRYPTION_NEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void messageShouldPassWhenItsPartIsEncodedAnew(Program program) throws IOException {
        Eml twin = withData(program.message, UnaryOperator.identity());
        assertThat(incoming.judge(twin.stream(), Optional.empty(), () -> false)).isInstanceOf(Accepted.class);
        Eml same = withPackets(program.message, UnaryOperator.identity());
        assertThat(incoming.judge(same.stream(), Optional.empty(), () -> false)).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @EnumSource
    void twinShouldBeRefusedWhenItsPartsAreOthers(Program program) throws IOException {
        Eml message = program.message;
        assertRefused("multipart/mixed", replaced(message, "multipart/encrypted", "multipart/mixed"));
        assertRefused(
                "first type", replaced(message, "Content-Type: application/pgp-encrypted", "Content-Type: text/plain"));
        assertRefused(
                "second type", replaced(message, "Content-Type: application/octet-stream", "Content-Type: text/plain"));
        assertRefused("version", withVersion(message, "Version: 2\r\n"));
        assertRefused("letter beside the version", withVersion(message, "Version: 1\r\nhello\r\n"));
        String close = message.text().replaceAll("(?s).*\r\n(--[^\r\n]*--)(\r\n)*$", "$1");
        String delimiter = close.substring(0, close.length() - 2);
        assertRefused("not closed", replaced(message, "\r\n" + close, "\r\n"));
        assertRefused("third part", replaced(message, close, delimiter + "\r\n\r\nhello\r\n" + close));
        assertRefused("one part", replaced(message, "Content-Type: application/octet-stream", "X: y\r\n\r\n"));
        assertRefused(
                "nested",
                replaced(
                        message,
                        "Content-Type: application/octet-stream",
                        "Content-Type: multipart/mixed; boundary=x"));
        assertRefused(
                "unknown encoding",
                new Eml(DATA_PART
                        .matcher(message.text().replaceAll("Content-Transfer-Encoding: \\S+", "X: y"))
                        .replaceFirst("Content-Transfer-Encoding: x\r\n$1$2$3")));
    }

    @ParameterizedTest
    @EnumSource
    void twinShouldBeRefusedWhenItsArmorIsBroken(Program program) throws IOException {
        Eml message = program.message;
        assertRefused("letter before", withData(message, armor -> "hello\r\n" + armor));
        assertRefused("letter behind", withData(message, armor -> armor + "\r\nhello\r\n"));
        assertRefused("signature", withData(message, armor -> armor.replace("PGP MESSAGE", "PGP SIGNATURE")));
        assertRefused("no end", withData(message, armor -> armor.replace("-----END PGP MESSAGE-----", "")));
        assertRefused("no begin", withData(message, armor -> armor.replace("-----BEGIN PGP MESSAGE-----", "")));
        assertRefused("no armor", withData(message, armor -> "hello\r\n"));
        assertRefused("empty", withData(message, armor -> ""));
        assertRefused("twice", withData(message, armor -> armor + "\r\n" + armor));
        assertRefused("letter inside", withData(message, armor -> armor.replace("\r\n-----END", "\r\n!\r\n-----END")));
    }

    @ParameterizedTest
    @EnumSource
    void twinShouldBeRefusedWhenItsPacketsAreOthers(Program program) throws IOException {
        Eml message = program.message;
        assertRefused("nothing", withPackets(message, packets -> new byte[0]));
        assertRefused("truncated", withPackets(message, packets -> Arrays.copyOf(packets, packets.length - 1)));
        assertRefused("one octet more", withPackets(message, packets -> Arrays.copyOf(packets, packets.length + 1)));
        assertRefused("session keys alone", withPackets(message, packets -> Arrays.copyOf(packets, data(packets))));
        assertRefused(
                "empty data", withPackets(message, packets -> joined(Arrays.copyOf(packets, data(packets)), 0xD2, 0)));
        assertRefused(
                "data of version 3",
                withPackets(message, packets -> joined(Arrays.copyOf(packets, data(packets)), 0xD2, 2, 3, 0)));
        for (int type : new int[] {2, 8, 9, 11, 20}) {
            assertRefused("type " + type, withPackets(message, packets -> {
                byte[] other = packets.clone();
                other[data(packets)] = (byte) (0xC0 | type);
                return other;
            }));
            assertRefused(
                    "type " + type + " behind", withPackets(message, packets -> joined(packets, 0xC0 | type, 1, 0)));
            assertRefused("type " + type + " in front", withPackets(message, packets -> {
                byte[] front = {(byte) (0xC0 | type), 1, 0};
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes(front);
                out.writeBytes(packets);
                return out.toByteArray();
            }));
        }
    }

    @Test
    void twinsShouldDifferFromTheirProgram() {
        for (Program program : Program.values()) {
            assertThat(withPackets(program.message, packets -> joined(packets, 0)))
                    .isNotEqualTo(withPackets(program.message, UnaryOperator.identity()));
        }
    }

    private void assertRefused(String twin, Eml message) throws IOException {
        String from = from(message);
        assertThat(((Rejected) incoming.judge(message.stream(), Optional.of(from), () -> false)).reply())
                .as("%s, incoming", twin)
                .isEqualTo(ENCRYPTION_NEEDED);
        assertThat(((Rejected) submission.judge(message.stream(), from)).reply())
                .as("%s, outgoing", twin)
                .isEqualTo(ENCRYPTION_NEEDED);
    }

    private static String from(Eml message) {
        Matcher matcher = SENDER.matcher(message.text());
        assertThat(matcher.find()).isTrue();
        return Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
    }

    private static Eml replaced(Eml message, String target, String replacement) {
        assertThat(message.text()).contains(target);
        return new Eml(message.text().replace(target, replacement));
    }

    /** The twin whose first part, decoded, is another. */
    private static Eml withVersion(Eml message, String text) {
        String base64 = Base64.getEncoder().encodeToString("Version: 1\r\n".getBytes(StandardCharsets.US_ASCII));
        if (message.text().contains(base64)) {
            byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
            return replaced(message, base64, Base64.getEncoder().encodeToString(octets));
        }
        String written = message.text().contains("Version:=201\r\n") ? "Version:=201\r\n" : "Version: 1\r\n";
        return replaced(message, written, text);
    }

    /** The twin whose second part, decoded, is another; it is encoded again as it was. */
    private static Eml withData(Eml message, UnaryOperator<String> change) {
        Matcher part = DATA_PART.matcher(message.text());
        assertThat(part.find()).isTrue();
        String content = part.group(2);
        String changed;
        if (part.group(1).contains("Encoding: base64")) {
            String decoded = new String(Base64.getMimeDecoder().decode(content), StandardCharsets.ISO_8859_1);
            byte[] octets = change.apply(decoded).getBytes(StandardCharsets.ISO_8859_1);
            changed = Base64.getMimeEncoder().encodeToString(octets);
        } else if (part.group(1).contains("Encoding: quoted-printable")) {
            changed = change.apply(content.replace("=\r\n", "").replace("=3D", "="))
                    .replace("=", "=3D");
        } else {
            changed = change.apply(content);
        }
        return new Eml(message.text().substring(0, part.start(2))
                + changed
                + message.text().substring(part.end(2)));
    }

    /** The twin whose packets are others; it has no checksum. */
    private static Eml withPackets(Eml message, UnaryOperator<byte[]> change) {
        return withData(message, text -> {
            Matcher armor = ARMOR.matcher(text);
            assertThat(armor.find()).isTrue();
            byte[] packets = change.apply(Base64.getMimeDecoder().decode(armor.group(2)));
            return armor.group(1)
                    + Base64.getMimeEncoder(64, new byte[] {'\r', '\n'}).encodeToString(packets)
                    + armor.group(3)
                    + text.substring(armor.end());
        });
    }

    /** Where the encrypted data packet starts, behind session keys of definite length. */
    private static int data(byte[] packets) {
        int position = 0;
        while ((packets[position] & 0xFF) != 0xD2) {
            int first = packets[position] & 0xFF;
            boolean twoOctets = first < 0xC0 && (first & 3) == 1;
            int length = packets[position + 1] & 0xFF;
            if (twoOctets) {
                length = length << 8 | packets[position + 2] & 0xFF;
            }
            assertThat(first >= 0xC0 && length >= 192).isFalse();
            position += length + (twoOctets ? 3 : 2);
        }
        return position;
    }

    private static byte[] joined(byte[] packets, int... octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(packets);
        for (int octet : octets) {
            out.write(octet);
        }
        return out.toByteArray();
    }
}
