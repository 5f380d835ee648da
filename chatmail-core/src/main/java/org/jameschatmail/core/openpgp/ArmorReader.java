package org.jameschatmail.core.openpgp;

import java.nio.charset.StandardCharsets;
import org.jameschatmail.core.mime.Base64;
import org.jameschatmail.core.mime.Octets;
import org.jameschatmail.core.mime.Strictness;

/**
 * Reads the armor of an encrypted message and hands its octets to a {@link PacketReader}. Around the armor there are
 * blank lines or nothing; lines end in CRLF. The checksum may be there, and isn't checked. Single use, not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9580#section-6.2">RFC 9580, section 6.2</a>
 */
final class ArmorReader {
    private static final byte[] BEGIN = "-----BEGIN PGP MESSAGE-----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "-----END PGP MESSAGE-----".getBytes(StandardCharsets.US_ASCII);
    /** Room for every honest armor header, none for a letter. */
    private static final int MAX_HEADER_OCTETS = 1024;

    private static final int CHECKSUM_LENGTH = 4;

    private enum State {
        BEFORE,
        BEGIN_LINE,
        HEADERS,
        DATA,
        CHECKSUM,
        END_LINE,
        AFTER,
        FAILED
    }

    private final Strictness strictness;
    private final PacketReader packets = new PacketReader();
    private final Octets decoded = new Octets(packets::accept);
    private final Base64 base64 = new Base64();
    private State state = State.BEFORE;
    private boolean carriageReturn;
    private int column;
    private boolean blankLine = true;
    private boolean headerKeyEnded;
    private int headerOctets;
    private int matched;
    private boolean checksumSeen;

    ArmorReader(Strictness strictness) {
        this.strictness = strictness;
    }

    void accept(byte[] buffer, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end && state != State.FAILED) {
            if (state == State.DATA && !carriageReturn && !checksumSeen) {
                int run = base64.acceptRun(buffer, position, end - position, decoded);
                position += run;
                column += run;
            }
            if (position < end) {
                accept(buffer[position++]);
            }
        }
    }

    private void accept(byte c) {
        if (carriageReturn != (c == '\n')) {
            state = State.FAILED;
        } else if (c == '\r') {
            carriageReturn = true;
        } else if (c == '\n') {
            carriageReturn = false;
            state = endLine();
            column = 0;
            blankLine = true;
        } else {
            blankLine &= isBlank(c);
            state = next(c);
            column++;
        }
    }

    /** Whether what was read is one armored, whole encrypted message. */
    boolean isComplete() {
        decoded.flush();
        return state == State.AFTER && !carriageReturn && packets.isComplete();
    }

    private State next(byte c) {
        return switch (state) {
            case BEFORE -> readBefore(c);
            case BEGIN_LINE -> match(BEGIN, c) ? State.BEGIN_LINE : State.FAILED;
            case HEADERS -> readHeader(c);
            case DATA -> readData(c);
            case CHECKSUM -> readChecksum(c);
            case END_LINE -> readEnd(c);
            case AFTER -> isBlank(c) ? State.AFTER : State.FAILED;
            case FAILED -> State.FAILED;
        };
    }

    private State endLine() {
        return switch (state) {
            case BEGIN_LINE -> matched == BEGIN.length ? State.HEADERS : State.FAILED;
            case HEADERS -> blankLine ? State.DATA : endHeader();
            case CHECKSUM -> State.DATA;
            case END_LINE -> State.FAILED;
            case BEFORE, DATA, AFTER, FAILED -> state;
        };
    }

    private State readBefore(byte c) {
        if (column == 0 && match(BEGIN, c)) {
            return State.BEGIN_LINE;
        }
        return isBlank(c) ? State.BEFORE : State.FAILED;
    }

    /** A key of letters, digits and hyphens, a colon, anything. */
    private State readHeader(byte c) {
        if (blankLine) {
            return State.HEADERS;
        }
        if (column == 0) {
            headerKeyEnded = false;
        }
        boolean key = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
        boolean allowed = headerKeyEnded || key || c == ':' && column > 0;
        headerKeyEnded |= c == ':';
        boolean skipped = strictness == Strictness.LENIENT && allowed && ++headerOctets <= MAX_HEADER_OCTETS;
        return skipped ? State.HEADERS : State.FAILED;
    }

    private State endHeader() {
        return headerKeyEnded ? State.HEADERS : State.FAILED;
    }

    private State readData(byte c) {
        if (isBlank(c)) {
            return State.DATA;
        }
        if (column == 0 && c == '-') {
            matched = 0;
            boolean wholeQuanta = base64.isComplete();
            return wholeQuanta && match(END, c) ? State.END_LINE : State.FAILED;
        }
        if (checksumSeen) {
            return State.FAILED;
        }
        if (column == 0 && c == '=' && base64.isComplete()) {
            checksumSeen = true;
            return State.CHECKSUM;
        }
        return base64.acceptPadding(c, decoded) ? State.DATA : State.FAILED;
    }

    /** Four characters, or fewer: RFC 9580 forbids to refuse a message for a malformed checksum. */
    private State readChecksum(byte c) {
        boolean fits = Base64.valueOf(c) >= 0 && column <= CHECKSUM_LENGTH;
        return fits || isBlank(c) ? State.CHECKSUM : State.FAILED;
    }

    private State readEnd(byte c) {
        if (!match(END, c)) {
            return State.FAILED;
        }
        return matched == END.length ? State.AFTER : State.END_LINE;
    }

    private boolean match(byte[] line, byte c) {
        if (matched == line.length || line[matched] != c) {
            return false;
        }
        matched++;
        return true;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
