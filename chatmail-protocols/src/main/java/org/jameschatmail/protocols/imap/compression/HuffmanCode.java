package org.jameschatmail.protocols.imap.compression;

import io.netty.handler.codec.compression.DecompressionException;
import java.util.Arrays;

/**
 * A canonical prefix code of deflate: how many codes there are of each length, and the symbols in the order of their
 * codes. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.2">RFC 1951, section 3.2.2</a>
 */
final class HuffmanCode {
    /** The bits that were given are no whole code. */
    static final int INCOMPLETE = -1;

    static final int LONGEST = 15;

    private static final int END_OF_BLOCK = 256;
    private static final int LITERALS = 288;
    private static final int DISTANCES = 30;
    private static final int LENGTH_BITS = 4;

    private final short[] counts = new short[LONGEST + 1];
    private final short[] symbols;

    private HuffmanCode(byte[] lengths) {
        for (byte length : lengths) {
            counts[length]++;
        }
        symbols = new short[lengths.length - counts[0]];
        int[] next = new int[LONGEST + 2];
        for (int length = 1; length <= LONGEST; length++) {
            next[length + 1] = next[length] + counts[length];
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] != 0) {
                symbols[next[lengths[symbol]]++] = (short) symbol;
            }
        }
    }

    /** The code of literals and lengths in blocks without a code of their own. */
    static HuffmanCode fixedLiterals() {
        byte[] lengths = new byte[LITERALS];
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, END_OF_BLOCK, (byte) 9);
        Arrays.fill(lengths, END_OF_BLOCK, 280, (byte) 7);
        Arrays.fill(lengths, 280, LITERALS, (byte) 8);
        return new HuffmanCode(lengths);
    }

    /** The code of distances in blocks without a code of their own. */
    static HuffmanCode fixedDistances() {
        byte[] lengths = new byte[DISTANCES];
        Arrays.fill(lengths, (byte) 5);
        return new HuffmanCode(lengths);
    }

    /**
     * The code whose symbols have these lengths, in bits; 0 for a symbol that doesn't occur.
     *
     * @throws DecompressionException when there is no such code, or bits would be left that mean nothing; one symbol
     *     alone may have a code of one bit
     */
    static HuffmanCode of(byte[] lengths) {
        HuffmanCode code = new HuffmanCode(lengths);
        int left = 1;
        for (int length = 1; length <= LONGEST; length++) {
            left = (left << 1) - code.counts[length];
            if (left < 0) {
                throw new DecompressionException("More codes than there can be");
            }
        }
        boolean alone = code.symbols.length == code.counts[1];
        if (left > 0 && !alone) {
            throw new DecompressionException("Fewer codes than there must be");
        }
        return code;
    }

    /**
     * The symbol that the bits begin with, the first bit being the lowest, and the length of its code in the low
     * {@value #LENGTH_BITS} bits; or {@link #INCOMPLETE}.
     *
     * @param available how many of the bits have come
     * @throws DecompressionException when no code begins like this
     */
    int decode(long bits, int available) {
        int code = 0;
        int first = 0;
        int index = 0;
        int most = Math.min(available, LONGEST);
        for (int length = 1; length <= most; length++) {
            code |= (int) (bits >>> (length - 1)) & 1;
            int count = counts[length];
            if (code - count < first) {
                return symbols[index + code - first] << LENGTH_BITS | length;
            }
            index += count;
            if (index == symbols.length) {
                throw new DecompressionException("Bits that are no code");
            }
            first = (first + count) << 1;
            code <<= 1;
        }
        return INCOMPLETE;
    }

    static int symbol(int decoded) {
        return decoded >>> LENGTH_BITS;
    }

    static int length(int decoded) {
        return decoded & ((1 << LENGTH_BITS) - 1);
    }
}
