package org.jameschatmail.protocols.smtp.reception;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jameschatmail.core.verdict.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of a message while it arrives: all of it so far, or nothing of it and the reason for that, be it too
 * large, malformed, or more than the disk takes. For use by one thread.
 */
final class KeptOctets implements Closeable {
    private static final Logger LOGGER = LoggerFactory.getLogger(KeptOctets.class);

    private final long maxSize;
    private final MessageContent content;
    private @Nullable Reason fault;

    /** @param maxSize in bytes */
    KeptOctets(long maxSize, MemoryBudget budget) {
        this.maxSize = maxSize;
        this.content = new MessageContent(budget);
    }

    /** Adds the octets of {@code block} from index {@code from} to before {@code to}. */
    void add(byte[] block, int from, int to) {
        int length = to - from;
        if (fault != null || length == 0) {
            return;
        }
        if (content.size() + length > maxSize) {
            refuse(Reason.MESSAGE_TOO_LARGE);
            return;
        }
        try {
            content.write(block, from, length);
        } catch (IOException e) {
            LOGGER.error("An arriving message can't be kept", e);
            refuse(Reason.LOCAL_TROUBLE);
        }
    }

    /** Forgets what there is and takes no more. The first reason stands. */
    void refuse(Reason reason) {
        if (fault != null) {
            return;
        }
        fault = reason;
        try {
            content.close();
        } catch (IOException e) {
            LOGGER.warn("A refused message can't be removed from the temporary folder", e);
        }
    }

    /** Why the message is refused, whatever is in it. */
    Optional<Reason> fault() {
        return Optional.ofNullable(fault);
    }

    /** The message, once it has ended without a fault. */
    MessageContent content() throws IOException {
        content.finish();
        return content;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
