package org.jameschatmail.web.backup;

import java.io.IOException;
import java.io.OutputStream;

/** Backups of the running server. Thread-safe. */
public interface Backups {
    /**
     * Puts aside what is stored now; what is accepted later isn't in it.
     *
     * @throws InProgressException while another one is there
     * @throws IOException when it can't be put aside, for instance for want of space
     */
    Snapshot take() throws IOException, InProgressException;

    /** What was put aside. Takes space until it is closed. */
    interface Snapshot extends AutoCloseable {
        /** Writes the zip file, and leaves the stream open. */
        void writeTo(OutputStream stream) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** One backup at a time. */
    final class InProgressException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
