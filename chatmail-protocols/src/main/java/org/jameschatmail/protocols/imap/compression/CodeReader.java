package org.jameschatmail.protocols.imap.compression;

import io.netty.handler.codec.compression.DecompressionException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the two codes that a block brings along: first how many lengths there are, then a code for lengths, then with it
 * the lengths of both codes. Not thread-safe; one instance a block.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.7">RFC 1951, section 3.2.7</a>
 */
final class CodeReader {
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int COUNTS = 14;
    private static final int LENGTH = 3;
    private static final int MOST_LITERALS = 286;
    private static final int MOST_DISTANCES = 30;
    private static final int END_OF_BLOCK = 256;
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MOST_REPEAT_BITS = 7;

    private final byte[] lengthLengths = new byte[ORDER.length];
    private @Nullable HuffmanCode lengthCode;
    private byte[] lengths = {};
    private int literalCount;
    private int lengthCount;
    private int filled;

    boolean isComplete() {
        return lengthCode != null && filled == lengths.length;
    }

    /** So many bits are always enough for the next part; it may be shorter. */
    int needs() {
        if (lengths.length == 0) {
            return COUNTS;
        }
        return lengthCode == null ? LENGTH : HuffmanCode.LONGEST;
    }

    /** Reads the next part; the number of bits it has, or 0 when it hasn't come. */
    int read(long bits, int available) {
        if (lengths.length == 0) {
            return available < COUNTS ? 0 : readCounts((int) bits);
        }
        HuffmanCode code = lengthCode;
        if (code == null) {
            return available < LENGTH ? 0 : readLengthLength((int) bits);
        }
        int decoded = code.decode(bits, available);
        if (decoded == HuffmanCode.INCOMPLETE) {
            return 0;
        }
        int used = HuffmanCode.length(decoded);
        return readLength(HuffmanCode.symbol(decoded), bits >>> used, used, available);
    }

    private int readCounts(int bits) {
        literalCount = (bits & 31) + 257;
        int distanceCount = (bits >>> 5 & 31) + 1;
        lengthCount = (bits >>> 10 & 15) + 4;
        if (literalCount > MOST_LITERALS || distanceCount > MOST_DISTANCES) {
            throw new DecompressionException("Too many codes");
        }
        lengths = new byte[literalCount + distanceCount];
        return COUNTS;
    }

    private int readLengthLength(int bits) {
        lengthLengths[ORDER[filled++]] = (byte) (bits & 7);
        if (filled == lengthCount) {
            lengthCode = HuffmanCode.of(lengthLengths);
            filled = 0;
        }
        return LENGTH;
    }

    private int readLength(int symbol, long bits, int used, int available) {
        if (symbol < REPEAT) {
            lengths[filled++] = (byte) symbol;
            return used;
        }
        int repeatBits = symbol == REPEAT ? 2 : symbol == ZEROS ? 3 : MOST_REPEAT_BITS;
        if (available < used + repeatBits) {
            return 0;
        }
        int least = symbol <= ZEROS ? 3 : 11;
        int times = least + (int) (bits & ((1 << repeatBits) - 1));
        if (symbol == REPEAT && filled == 0 || filled + times > lengths.length) {
            throw new DecompressionException("Lengths that are nobody's");
        }
        byte repeated = symbol == REPEAT ? lengths[filled - 1] : 0;
        Arrays.fill(lengths, filled, filled + times, repeated);
        filled += times;
        return used + repeatBits;
    }

    HuffmanCode literals() {
        if (lengths[END_OF_BLOCK] == 0) {
            throw new DecompressionException("A block without an end");
        }
        return HuffmanCode.of(Arrays.copyOf(lengths, literalCount));
    }

    HuffmanCode distances() {
        return HuffmanCode.of(Arrays.copyOfRange(lengths, literalCount, lengths.length));
    }
}
