package org.jameschatmail.core.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers the lines of one header block, unfolds them, and cuts them into fields. Bounded by {@link MimeLimits}. */
final class HeaderCollector {
    private final MimeLimits limits;
    private byte[] block = new byte[2048];
    private int size;
    private int[] starts = new int[32];
    private int count;
    private boolean malformed;

    HeaderCollector(MimeLimits limits) {
        this.limits = limits;
    }

    void clear() {
        size = 0;
        count = 0;
        malformed = false;
    }

    /** False when the block is too large. */
    boolean add(LineSource line) {
        if (size + line.length() > limits.maxHeaderBytes()) {
            return false;
        }
        boolean continued = line.length() > 0 && isBlank(line.buffer()[line.start()]);
        if (line.startsLine() && !continued) {
            if (count == limits.maxFields()) {
                return false;
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
            }
            starts[count++] = size;
        } else if (count == 0) {
            malformed = true;
        }
        if (size + line.length() > block.length) {
            block = Arrays.copyOf(block, Math.max(2 * block.length, size + line.length()));
        }
        System.arraycopy(line.buffer(), line.start(), block, size, line.length());
        size += line.length();
        return true;
    }

    MimeHeader finish() {
        List<HeaderField> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addField(fields, starts[i], i + 1 < count ? starts[i + 1] : size);
        }
        return new MimeHeader(fields);
    }

    /** Whether a line was no field; known after {@link #finish()}. */
    boolean malformed() {
        return malformed;
    }

    private void addField(List<HeaderField> fields, int start, int end) {
        int colon = start;
        while (colon < end && block[colon] != ':') {
            malformed |= block[colon] <= ' ' || block[colon] == 0x7F;
            colon++;
        }
        malformed |= colon == start || colon == end;
        int from = Math.min(colon + 1, end);
        int to = end;
        while (from < to && isBlank(block[from])) {
            from++;
        }
        while (from < to && isBlank(block[to - 1])) {
            to--;
        }
        for (int i = from; i < to; i++) {
            malformed |= block[i] == 0;
        }
        String name = new String(block, start, colon - start, StandardCharsets.US_ASCII);
        fields.add(new HeaderField(name, new String(block, from, to - from, StandardCharsets.UTF_8)));
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
