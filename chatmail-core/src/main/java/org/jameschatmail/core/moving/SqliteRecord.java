package org.jameschatmail.core.moving;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A row as SQLite writes it: the kinds of its columns, then their values.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#record_format">SQLite: record format</a>
 */
record SqliteRecord(List<byte[]> values, List<Boolean> areTexts) {
    private static final int MOST_COLUMNS = 2_000;

    /** Octets of the kinds 0 to 11, which are numbers and constants. */
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

    private static final int FIRST_BLOB = 12;

    /** @throws RuntimeException when it is none */
    static SqliteRecord of(ByteBuffer payload) {
        int from = payload.position();
        long header = number(payload);
        List<Long> kinds = new ArrayList<>();
        while (payload.position() - from < header && kinds.size() < MOST_COLUMNS) {
            kinds.add(number(payload));
        }
        List<byte[]> values = new ArrayList<>();
        List<Boolean> areTexts = new ArrayList<>();
        for (long kind : kinds) {
            long length = kind < FIRST_BLOB ? LENGTHS[Math.toIntExact(kind)] : (kind - FIRST_BLOB) / 2;
            if (length > payload.remaining()) {
                throw new IllegalArgumentException("A value is longer than its row");
            }
            byte[] value = new byte[(int) length];
            payload.get(value);
            values.add(value);
            areTexts.add(kind > FIRST_BLOB && kind % 2 == 1);
        }
        return new SqliteRecord(values, areTexts);
    }

    /** Reads a number of one to nine octets. */
    static long number(ByteBuffer bytes) {
        long number = 0;
        for (int index = 0; index < 8; index++) {
            byte octet = bytes.get();
            number = number << 7 | octet & 0x7f;
            if (octet >= 0) {
                return number;
            }
        }
        return number << 8 | Byte.toUnsignedLong(bytes.get());
    }

    /** Empty where a column is no text. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < values.size(); index++) {
            texts.add(areTexts.get(index) ? new String(values.get(index), StandardCharsets.UTF_8) : "");
        }
        return texts;
    }

    /** A column that is a whole number above zero, in no more octets than a page number needs. */
    long number(int column) {
        long number = 0;
        for (byte octet : values.get(column)) {
            number = number << 8 | Byte.toUnsignedLong(octet);
        }
        return number;
    }
}
