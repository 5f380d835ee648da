package org.jameschatmail.mailet;

import java.io.IOException;
import java.io.InputStream;
import org.apache.james.server.core.MimeMessageSource;

/** Stands for a store that has trouble. */
final class UnreadableSource implements MimeMessageSource {
    @Override
    public String getSourceId() {
        return "unreadable";
    }

    @Override
    public InputStream getInputStream() throws IOException {
        throw new IOException("ac1_alice@example.org");
    }

    @Override
    public long getMessageSize() throws IOException {
        throw new IOException("ac1_alice@example.org");
    }
}
