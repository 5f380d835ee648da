package org.jameschatmail.guice.queue;

import java.io.IOException;
import java.io.InputStream;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.Disposable;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The message of a queued mail, fetched at the first read and kept from then on, in memory when it is small and in a
 * temporary file otherwise. So a mail that waits for a thread costs its envelope only, and one that was read stays
 * readable after its row is gone. Thread-safe.
 */
final class StoredMessageSource implements MimeMessageSource, Disposable {
    private final BodyStore bodies;
    private final String bodyId;
    private final long size;
    private @Nullable MimeMessageInputStreamSource copy;

    StoredMessageSource(BodyStore bodies, String bodyId, long size) {
        this.bodies = bodies;
        this.bodyId = bodyId;
        this.size = size;
    }

    @Override
    public String getSourceId() {
        return BodyStore.sourceIdOf(bodyId);
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        MimeMessageInputStreamSource local = copy;
        if (local == null) {
            local = fetch();
            copy = local;
        }
        return local.getInputStream();
    }

    private MimeMessageInputStreamSource fetch() throws IOException {
        try {
            return MimeMessageInputStreamSource.create("MailQueue-" + bodyId, bodies.open(bodyId));
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    @Override
    public long getMessageSize() {
        return size;
    }

    @Override
    public synchronized void dispose() {
        LifecycleUtil.dispose(copy);
        copy = null;
    }
}
