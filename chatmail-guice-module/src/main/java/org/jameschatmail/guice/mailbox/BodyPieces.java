package org.jameschatmail.guice.mailbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.james.mailbox.exception.MailboxException;

/**
 * What is behind the headers of a large message, read from the database a piece at a time, so that whoever doesn't read
 * on holds one piece and no connection. Fails when the message is deleted meanwhile. For one thread at a time.
 */
final class BodyPieces extends InputStream {
    private static final int LEAST_PIECE = 64 * 1024;

    /** A database may have to pass over what is before a piece, so there are not too many of them. */
    private static final int MOST_PIECES = 64;

    private final MailboxDatabase database;
    private final long body;
    private final long octets;
    private final int pieceOctets;
    private byte[] piece = {};
    private int taken;

    /** Octets up to the end of the piece. */
    private long read;

    /**
     * @param body whose content it is
     * @param octets how many the content has
     */
    BodyPieces(MailboxDatabase database, long body, long octets) {
        this.database = database;
        this.body = body;
        this.octets = octets;
        this.pieceOctets = Math.max(LEAST_PIECE, Math.toIntExact(octets / MOST_PIECES) + 1);
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : piece[taken++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int count = Math.min(length, piece.length - taken);
        System.arraycopy(piece, taken, into, offset, count);
        taken += count;
        return count;
    }

    private boolean isAtEnd() throws IOException {
        if (taken == piece.length && read < octets) {
            next();
        }
        return taken == piece.length;
    }

    private void next() throws IOException {
        int length = (int) Math.min(pieceOctets, octets - read);
        try {
            piece = database.read(connection -> Bodies.piece(connection, body, read, length))
                    .orElseThrow(() -> new EOFException("The message was deleted meanwhile"));
        } catch (MailboxException e) {
            throw new IOException(e);
        }
        if (piece.length != length) {
            throw new EOFException("The message is shorter than its row says");
        }
        read += length;
        taken = 0;
    }
}
