package org.jameschatmail.core.openpgp;

/**
 * Reads the packet headers of an encrypted message: any number of session key packets (types 1 and 3), then one
 * encrypted data packet (type 18, version 1 or 2, not empty), which ends the data exactly. Bodies are skipped. Single
 * use, not thread-safe.
 *
 * <p>Partial lengths are for the encrypted data alone. RFC 9580 wants 512 octets in the first of them; older Go clients
 * send less, and the size of a chunk says nothing about encryption, so it is not judged.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9580#section-4.2">RFC 9580, sections 4.2 and 10.3</a>
 */
final class PacketReader {
    private static final int PKESK = 1;
    private static final int SKESK = 3;
    private static final int SEIPD = 18;

    private enum State {
        TAG,
        NEW_LENGTH,
        LENGTH_OCTETS,
        BODY,
        ENDED,
        FAILED
    }

    private State state = State.TAG;
    private int type;
    private int lengthOctets;
    private boolean partial;
    private long remaining;
    private int lengthBase;
    private long dataOctets;

    void accept(byte[] buffer, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end && state != State.FAILED) {
            if (state == State.BODY) {
                position += readBody(buffer[position], end - position);
            } else {
                state = next(buffer[position++] & 0xFF);
            }
            if (state == State.BODY && remaining == 0) {
                state = afterBody();
            }
        }
    }

    /** Whether what was read is a whole encrypted message. */
    boolean isComplete() {
        return state == State.ENDED;
    }

    private State next(int octet) {
        return switch (state) {
            case TAG -> readTag(octet);
            case NEW_LENGTH -> readNewLength(octet);
            case LENGTH_OCTETS -> readLengthOctet(octet);
            case BODY, ENDED, FAILED -> State.FAILED;
        };
    }

    private State readTag(int octet) {
        boolean isNew = (octet & 0xC0) == 0xC0;
        boolean isOld = (octet & 0xC0) == 0x80;
        type = isNew ? octet & 0x3F : octet >> 2 & 0x0F;
        remaining = 0;
        lengthBase = 0;
        if (isNew && (type == PKESK || type == SKESK || type == SEIPD)) {
            return State.NEW_LENGTH;
        }
        // The old format has no room for type 18; its fourth length type is without end, which session keys can't have.
        lengthOctets = 1 << (octet & 3);
        return isOld && (type == PKESK || type == SKESK) && lengthOctets <= 4 ? State.LENGTH_OCTETS : State.FAILED;
    }

    private State readNewLength(int octet) {
        partial = false;
        lengthBase = 0;
        if (octet < 192) {
            remaining = octet;
            return State.BODY;
        }
        if (octet < 224) {
            remaining = octet - 192;
            lengthBase = 192;
            lengthOctets = 1;
            return State.LENGTH_OCTETS;
        }
        if (octet == 255) {
            remaining = 0;
            lengthOctets = 4;
            return State.LENGTH_OCTETS;
        }
        partial = true;
        remaining = 1L << (octet & 0x1F);
        return type == SEIPD ? State.BODY : State.FAILED;
    }

    private State readLengthOctet(int octet) {
        remaining = remaining << 8 | octet;
        if (--lengthOctets > 0) {
            return State.LENGTH_OCTETS;
        }
        remaining += lengthBase;
        return State.BODY;
    }

    private int readBody(byte first, int available) {
        int read = (int) Math.min(available, remaining);
        if (type == SEIPD) {
            if (dataOctets == 0 && first != 1 && first != 2) {
                state = State.FAILED;
            }
            dataOctets += read;
        }
        remaining -= read;
        return read;
    }

    private State afterBody() {
        if (partial) {
            return State.NEW_LENGTH;
        }
        if (type != SEIPD) {
            return State.TAG;
        }
        return dataOctets > 1 ? State.ENDED : State.FAILED;
    }
}
