package org.jameschatmail.core.mime;

import java.util.Arrays;

/**
 * Base64 as it arrives, octet by octet, in MIME parts and in OpenPGP armor. Characters outside of the alphabet are the
 * caller's to judge. Single use, not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-4">RFC 4648, section 4</a>
 */
public final class Base64 {
    private static final byte PAD = -2;
    private static final byte FOREIGN = -1;
    private static final byte[] VALUES = values();

    private int quantum;
    private int bits;
    private int padding;

    /** The value of a character of the alphabet, negative for all others. */
    public static int valueOf(byte character) {
        return VALUES[character & 0xFF];
    }

    /**
     * Takes characters up to the first one that isn't in the alphabet.
     *
     * @return how many were taken; none when padding has ended the data
     */
    public int acceptRun(byte[] buffer, int offset, int length, Octets out) {
        int position = offset;
        int end = padding > 0 ? offset : offset + length;
        while (position < end) {
            byte value = VALUES[buffer[position] & 0xFF];
            if (value < 0) {
                break;
            }
            position++;
            bits = bits << 6 | value;
            if (++quantum == 4) {
                out.add(bits >> 16, bits >> 8, bits);
                quantum = 0;
            }
        }
        return position - offset;
    }

    /**
     * Takes the character at which {@link #acceptRun} stopped. False when it isn't padding, or when none can come there.
     *
     * @param out gets up to two octets
     */
    public boolean acceptPadding(byte character, Octets out) {
        return VALUES[character & 0xFF] == PAD && pad(out);
    }

    /** Whether the data may end here: no quantum is open. */
    public boolean isComplete() {
        return quantum == 0;
    }

    private boolean pad(Octets out) {
        padding++;
        if (quantum == 2 && padding == 1) {
            out.add((byte) (bits >> 4));
        } else if (quantum == 3 && padding == 1) {
            out.add((byte) (bits >> 10));
            out.add((byte) (bits >> 2));
        }
        boolean expected = quantum == 3 && padding == 1 || quantum == 2 && padding <= 2;
        if (quantum + padding == 4) {
            quantum = 0;
        }
        return expected;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, FOREIGN);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['='] = PAD;
        return values;
    }
}
