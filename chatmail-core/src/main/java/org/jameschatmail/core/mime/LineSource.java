package org.jameschatmail.core.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines, a line longer than the buffer into pieces, and watches size and line ends on the way. After
 * {@link #next()} the piece lies in {@link #buffer()} without its CRLF.
 */
final class LineSource {
    static final int BUFFER_SIZE = 8192;

    private final InputStream in;
    private final long maxBytes;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private long total;
    private boolean exhausted;
    private @Nullable MimeFault fault;

    private int start;
    private int length;
    private boolean startsLine;
    private boolean completesLine = true;
    private boolean terminated;

    LineSource(InputStream in, long maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Moves to the next piece; false at the end and at a fault. */
    boolean next() throws IOException {
        startsLine = completesLine;
        int end = position;
        while (true) {
            while (end < limit && buffer[end] != '\r' && buffer[end] != '\n') {
                end++;
            }
            if (end + 1 < limit || end < limit && buffer[end] == '\n') {
                return lineUpTo(end);
            }
            boolean full = position == 0 && limit == BUFFER_SIZE;
            if (full || exhausted) {
                return piece(end);
            }
            end -= position;
            if (!fill()) {
                return false;
            }
        }
    }

    private boolean lineUpTo(int end) {
        if (buffer[end] == '\n' || buffer[end + 1] != '\n') {
            fault = MimeFault.BARE_LINE_BREAK;
            return false;
        }
        return take(end, 2, true, true);
    }

    /** What a full buffer or the end of the stream leaves; a CR at its end waits for its LF, if that can still come. */
    private boolean piece(int end) {
        if (exhausted && end < limit) {
            fault = MimeFault.BARE_LINE_BREAK;
            return false;
        }
        if (exhausted && position == limit) {
            return false;
        }
        return take(end, 0, exhausted, false);
    }

    private boolean take(int end, int lineEnd, boolean completes, boolean endsInLineBreak) {
        start = position;
        length = end - position;
        position = end + lineEnd;
        completesLine = completes;
        terminated = endsInLineBreak;
        return true;
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        int read = in.read(buffer, limit, BUFFER_SIZE - limit);
        if (read < 0) {
            exhausted = true;
            return true;
        }
        limit += read;
        return count(read);
    }

    private boolean count(int bytes) {
        total += bytes;
        if (total > maxBytes) {
            fault = MimeFault.TOO_LARGE;
        }
        return fault != MimeFault.TOO_LARGE;
    }

    /** Reads on to learn the size alone, as that is judged before all else; the first fault found, size first. */
    MimeFault faultAfterDraining(MimeFault found) throws IOException {
        while (!exhausted && fault != MimeFault.TOO_LARGE) {
            int read = in.read(buffer, 0, BUFFER_SIZE);
            exhausted = read < 0;
            count(Math.max(read, 0));
        }
        return fault == MimeFault.TOO_LARGE ? fault : found;
    }

    Optional<MimeFault> fault() {
        return Optional.ofNullable(fault);
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    boolean startsLine() {
        return startsLine;
    }

    /** Whether this is the start of a line that may be a delimiter. */
    boolean startsWithDashes() {
        return startsLine && length > 2 && buffer[start] == '-' && buffer[start + 1] == '-';
    }

    /** Whether the line ends with this piece, by CRLF or by the end of the stream. */
    boolean completesLine() {
        return completesLine;
    }

    /** Whether a CRLF follows this piece. */
    boolean terminated() {
        return terminated;
    }

    boolean isBlank() {
        for (int i = start; i < start + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
