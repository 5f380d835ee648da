package org.jameschatmail.protocols.imap.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One command while it arrives. A buffer grows with what has come, never with what was announced. Not thread-safe. */
final class FrameParts {
    private static final int SMALLEST_BUFFER = 256;
    private static final int LONGEST_TAG = 64;
    private static final int LONGEST_ANNOUNCEMENT = 16;
    private static final Set<String> WITH_MESSAGE = Set.of("APPEND", "REPLACE");

    private final FrameLimits limits;
    private final CommandMemory memory;
    private final List<byte[]> parts = new ArrayList<>();
    private byte[] buffer = new byte[0];
    private int filled;
    private byte[] lineEnd = new byte[0];
    private int expected;
    private int lineBytes;
    private int literals;
    private int literalBytes;
    private boolean hasMessage;
    private long held;
    private long taken;
    private boolean outOfMemory;

    FrameParts(FrameLimits limits, CommandMemory memory) {
        this.limits = limits;
        this.memory = memory;
    }

    boolean isEmpty() {
        return parts.isEmpty() && filled == 0;
    }

    boolean isBlank() {
        return parts.isEmpty() && new String(buffer, 0, filled, US_ASCII).isBlank();
    }

    boolean isLineTooLong() {
        return lineBytes > limits.lineBytes();
    }

    boolean isOutOfMemory() {
        return outOfMemory;
    }

    /** Takes octets to the end of the line, or all; true at the end of the line. */
    boolean readLine(ByteBuf in) {
        int end = ByteBufUtil.indexOf(in, in.readerIndex(), in.writerIndex(), (byte) '\n');
        int octets = end < 0 ? in.readableBytes() : end - in.readerIndex() + 1;
        lineBytes += octets;
        if (isLineTooLong()) {
            keepEnds(in, octets);
        } else {
            fill(in, octets, Integer.MAX_VALUE);
        }
        return end >= 0;
    }

    /** Forgets octets to the end of the line, or all; true at the end of the line. */
    boolean skipLine(ByteBuf in) {
        int end = ByteBufUtil.indexOf(in, in.readerIndex(), in.writerIndex(), (byte) '\n');
        keepEnds(in, end < 0 ? in.readableBytes() : end - in.readerIndex() + 1);
        return end >= 0;
    }

    /** Of a line that is too long, its beginning stays for the tag, and its end for a literal. */
    private void keepEnds(ByteBuf in, int octets) {
        int beginning = Math.min(octets, Math.max(0, LONGEST_TAG - filled));
        if (beginning > 0) {
            buffer = Arrays.copyOf(buffer, filled + beginning);
            in.getBytes(in.readerIndex(), buffer, filled, beginning);
            filled += beginning;
        }
        int end = Math.min(octets, LONGEST_ANNOUNCEMENT);
        in.skipBytes(octets - end);
        byte[] ends = Arrays.copyOf(lineEnd, lineEnd.length + end);
        in.readBytes(ends, lineEnd.length, end);
        lineEnd = Arrays.copyOfRange(ends, Math.max(0, ends.length - LONGEST_ANNOUNCEMENT), ends.length);
    }

    /** Takes octets of the expected literal; true when it is all here. */
    boolean readLiteral(ByteBuf in) {
        fill(in, Math.min(in.readableBytes(), expected - filled), expected);
        if (filled < expected) {
            return false;
        }
        parts.add(trimmed());
        reset();
        return true;
    }

    private void fill(ByteBuf in, int octets, int most) {
        held += octets;
        long uncounted = held - CommandMemory.FREE - taken;
        if (uncounted > 0) {
            if (!memory.take(uncounted)) {
                outOfMemory = true;
                in.skipBytes(octets);
                return;
            }
            taken += uncounted;
        }
        if (buffer.length - filled < octets) {
            long doubled = Math.max(SMALLEST_BUFFER, buffer.length * 2L);
            buffer = Arrays.copyOf(buffer, (int) Math.min(most, Math.max(doubled, (long) filled + octets)));
        }
        in.readBytes(buffer, filled, octets);
        filled += octets;
    }

    Optional<LiteralAnnouncement> announcement() {
        return isLineTooLong()
                ? LiteralAnnouncement.of(lineEnd, lineEnd.length)
                : LiteralAnnouncement.of(buffer, filled);
    }

    /** Why this literal isn't taken, without the tag; empty when it is. */
    Optional<String> refusal(LiteralAnnouncement literal) {
        boolean isMessage = isMessage(literal);
        if (literals >= limits.literals() || !isMessage && literalBytes + literal.octets() > limits.literalBytes()) {
            return Optional.of(
                    limits.messageBytes() > 0 && carriesMessage() && !hasMessage
                            ? "NO [TOOBIG] Message too large"
                            : "BAD Literal too large");
        }
        return isMessage && !memory.hasRoomFor(literal.octets())
                ? Optional.of("NO [LIMIT] Too much to do, try again")
                : Optional.empty();
    }

    private boolean isMessage(LiteralAnnouncement literal) {
        return !hasMessage
                && literalBytes + literal.octets() > limits.literalBytes()
                && literal.octets() <= limits.messageBytes()
                && carriesMessage();
    }

    private boolean carriesMessage() {
        byte[] first = parts.isEmpty() ? buffer : parts.get(0);
        int length = Math.min(LONGEST_TAG + LONGEST_ANNOUNCEMENT, parts.isEmpty() ? filled : first.length);
        String[] words = new String(first, 0, length, US_ASCII)
                .toUpperCase(Locale.ROOT)
                .trim()
                .split(" +", 4);
        return words.length > 1
                && (WITH_MESSAGE.contains(words[1])
                        || words.length > 2 && "UID".equals(words[1]) && WITH_MESSAGE.contains(words[2]));
    }

    /** Ends the line; a literal of so many octets comes, whose {@link #refusal} was empty. */
    void expect(int octets) {
        boolean message = isMessage(new LiteralAnnouncement(octets, true));
        parts.add(trimmed());
        reset();
        literals++;
        hasMessage |= message;
        literalBytes += message ? 0 : octets;
        expected = octets;
        if (octets == 0) {
            parts.add(new byte[0]);
        }
    }

    CommandFrame complete() {
        parts.add(trimmed());
        return new CommandFrame(parts, this::giveBack);
    }

    /** The line, which is no command's. */
    byte[] takeLine() {
        byte[] line = trimmed();
        reset();
        lineBytes = 0;
        held = 0;
        giveBack();
        return line;
    }

    /** The client's tag, or {@code *} when it has none that could be repeated. */
    String tag() {
        byte[] first = parts.isEmpty() ? buffer : parts.get(0);
        int length = Math.min(LONGEST_TAG, parts.isEmpty() ? filled : first.length);
        String word = new String(first, 0, length, US_ASCII).split("[ \r\n]", 2)[0];
        return word.matches("[A-Za-z0-9.:_/-]{1,63}") ? word : "*";
    }

    void giveBack() {
        memory.giveBack(taken);
        taken = 0;
    }

    private byte[] trimmed() {
        return filled == buffer.length ? buffer : Arrays.copyOf(buffer, filled);
    }

    private void reset() {
        buffer = new byte[0];
        filled = 0;
    }
}
