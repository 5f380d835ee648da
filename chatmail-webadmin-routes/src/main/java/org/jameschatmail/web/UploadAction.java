package org.jameschatmail.web;

import java.io.IOException;
import javax.servlet.http.HttpServletRequest;

/**
 * Takes the requests of one route whose bodies are large. A body comes in blocks, and no thread waits for the next one.
 * Thread-safe; whatever it throws becomes a plain 500 for that request alone.
 */
@FunctionalInterface
public interface UploadAction {
    /** Looks at the header of the request; may wait, for it runs on a thread for uploads. Doesn't read the body. */
    Upload begin(HttpServletRequest request) throws IOException;

    /** One body on its way in. For one thread at a time, not always the same. */
    interface Upload extends AutoCloseable {
        /** Whether the answer is known, whatever follows; asked once, before the body. */
        boolean isDecided();

        /** The next bytes. */
        void write(byte[] block, int length);

        /** The answer, once the body has ended; after {@link #isDecided} also without it. May wait. */
        Answer answer();

        /** Forgets the body. Comes after the answer was made, or instead of it, when the client went away. */
        @Override
        void close();
    }
}
