package org.jameschatmail.core.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message once, from its first octet to its last, and tells a {@link MimeVisitor} what is in it. Memory is
 * bounded by {@link MimeLimits}, whatever the message: one line buffer, one header block, one open multipart a level.
 * Messages within messages ({@code message/rfc822}) are leaves.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2046#section-5.1">RFC 2046, section 5.1</a>
 */
public final class MimeReader {
    private enum State {
        HEADER,
        LEAF,
        OUTSIDE_PARTS
    }

    private final MimeLimits limits;
    private final MimeVisitor visitor;
    private final LineSource lines;
    private final HeaderCollector header;
    private final Deque<Multipart> open = new ArrayDeque<>();
    private State state = State.HEADER;
    private int parts;
    private @Nullable Leaf leaf;
    private @Nullable MimeFault fault;

    private MimeReader(InputStream message, MimeLimits limits, MimeVisitor visitor) {
        this.limits = limits;
        this.visitor = visitor;
        this.lines = new LineSource(message, limits.maxMessageBytes());
        this.header = new HeaderCollector(limits);
    }

    /**
     * Reads the whole message; the stream stays open. A message above its size limit is {@link MimeFault#TOO_LARGE},
     * whatever else is wrong with it; other faults are told as the first one that came.
     *
     * @return the fault, or nothing when the message could be read
     */
    public static Optional<MimeFault> read(InputStream message, MimeLimits limits, MimeVisitor visitor)
            throws IOException {
        return new MimeReader(message, limits, visitor).read();
    }

    private Optional<MimeFault> read() throws IOException {
        while (fault == null && lines.next()) {
            readPiece();
        }
        if (fault == null) {
            fault = lines.fault().orElse(null);
        }
        if (fault == null) {
            endMessage();
        }
        return fault == null ? Optional.empty() : Optional.of(lines.faultAfterDraining(fault));
    }

    private void readPiece() {
        if (lines.startsWithDashes() && readDelimiter()) {
            return;
        }
        switch (state) {
            case HEADER -> readHeaderPiece();
            case LEAF -> readLeafPiece();
            case OUTSIDE_PARTS -> {
                if (!lines.isBlank()) {
                    visitor.textOutsideParts();
                }
            }
        }
    }

    /** The innermost multipart whose delimiter this is goes on or closes; those within it end unclosed. */
    private boolean readDelimiter() {
        int inner = 0;
        for (Multipart multipart : open) {
            Multipart.Delimiter delimiter = multipart.match(lines);
            if (delimiter != Multipart.Delimiter.NONE) {
                endPart(true);
                for (; inner > 0; inner--) {
                    open.pop().end(visitor);
                }
                startPart(multipart, delimiter);
                return true;
            }
            inner++;
        }
        return false;
    }

    private void startPart(Multipart multipart, Multipart.Delimiter delimiter) {
        if (delimiter == Multipart.Delimiter.CLOSE) {
            multipart.close();
            state = State.OUTSIDE_PARTS;
        } else if (++parts > limits.maxParts()) {
            fault = MimeFault.TOO_MANY_PARTS;
        } else {
            header.clear();
            state = State.HEADER;
        }
    }

    private void readHeaderPiece() {
        if (lines.length() == 0 && lines.startsLine()) {
            startEntity(true);
        } else if (!header.add(lines)) {
            fault = MimeFault.HEADER_TOO_LARGE;
        }
    }

    private void startEntity(boolean headerComplete) {
        MimeHeader fields = header.finish();
        if (open.isEmpty() && header.malformed()) {
            fault = MimeFault.MALFORMED_HEADER;
            return;
        }
        int types = fields.count("Content-Type");
        boolean intact =
                headerComplete && !header.malformed() && types <= 1 && fields.count("Content-Transfer-Encoding") <= 1;
        Optional<ContentType> type = switch (types) {
            case 0 -> Optional.of(ContentType.TEXT_PLAIN);
            case 1 -> fields.first("Content-Type").flatMap(ContentType::parse);
            default -> Optional.empty();
        };
        String encoding = fields.first("Content-Transfer-Encoding").orElse("");
        boolean multipartType = type.filter(ContentType::isMultipart).isPresent();
        Optional<String> boundary =
                type.filter(it -> headerComplete && it.isMultipart()).flatMap(ContentType::boundary);
        MimeEntity entity = new MimeEntity(fields, type, open.size(), boundary.isPresent());
        visitor.startEntity(entity);
        if (boundary.isEmpty()) {
            leaf = new Leaf(entity, encoding, intact && !multipartType, visitor);
            state = State.LEAF;
        } else if (open.size() == limits.maxDepth()) {
            fault = MimeFault.TOO_DEEPLY_NESTED;
        } else {
            open.push(new Multipart(entity, boundary.get(), intact && TransferDecoder.isIdentity(encoding)));
            state = State.OUTSIDE_PARTS;
        }
    }

    private void readLeafPiece() {
        if (leaf != null) {
            leaf.read(lines);
        }
    }

    private void endPart(boolean delimited) {
        if (state == State.HEADER) {
            startEntity(false);
        }
        if (leaf != null) {
            leaf.end(delimited);
            leaf = null;
        }
    }

    private void endMessage() {
        if (state == State.HEADER && open.isEmpty()) {
            startEntity(true);
        }
        if (fault != null) {
            return;
        }
        endPart(open.isEmpty());
        while (fault == null && !open.isEmpty()) {
            open.pop().end(visitor);
        }
    }
}
