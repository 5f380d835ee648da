package org.jameschatmail.core.mime;

import java.nio.charset.StandardCharsets;

/** An open multipart and its delimiter. */
final class Multipart {
    enum Delimiter {
        /** The line is no delimiter of this multipart. */
        NONE,
        PART,
        CLOSE
    }

    private final MimeEntity entity;
    private final byte[] dashBoundary;
    private boolean closed;
    private boolean intact;

    Multipart(MimeEntity entity, String boundary, boolean intact) {
        this.entity = entity;
        this.dashBoundary = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
        this.intact = intact;
    }

    /**
     * What the line is. One that starts like the delimiter but isn't one, and one after the close delimiter, are text
     * here and a delimiter to more generous readers: the multipart isn't intact any more.
     */
    Delimiter match(LineSource line) {
        byte[] buffer = line.buffer();
        int start = line.start();
        int end = start + line.length();
        int rest = start + dashBoundary.length;
        if (rest > end) {
            return Delimiter.NONE;
        }
        for (int i = 0; i < dashBoundary.length; i++) {
            if (buffer[start + i] != dashBoundary[i]) {
                return Delimiter.NONE;
            }
        }
        boolean closes = rest + 2 <= end && buffer[rest] == '-' && buffer[rest + 1] == '-';
        int padding = closes ? rest + 2 : rest;
        while (padding < end && (buffer[padding] == ' ' || buffer[padding] == '\t')) {
            padding++;
        }
        if (closed || padding < end || !line.completesLine()) {
            intact = false;
            return Delimiter.NONE;
        }
        return closes ? Delimiter.CLOSE : Delimiter.PART;
    }

    void close() {
        closed = true;
    }

    void end(MimeVisitor visitor) {
        visitor.endEntity(entity, closed && intact);
    }
}
