package org.jameschatmail.protocols.smtp.reception;

import java.io.IOException;
import java.io.InputStream;
import org.apache.james.lifecycle.api.Disposable;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.server.core.MimeMessageSource;

/**
 * The message that a session has just received, while its hooks are asked: hooks of ours read its octets from here,
 * and the {@code Mail} that hooks of James get is made of the same octets, which are parsed only if one asks for that.
 */
public final class ReceivedMessage implements MimeMessageSource, Disposable {
    private static final AttachmentKey<ReceivedMessage> KEY =
            AttachmentKey.of("chatmail.received-message", ReceivedMessage.class);

    private final String name;
    private final MessageContent content;
    private final long receivedAt = System.nanoTime();

    ReceivedMessage(String name, MessageContent content) {
        this.name = name;
        this.content = content;
    }

    /**
     * The message that the hooks of this session are asked about.
     *
     * @throws IllegalStateException when there is none
     */
    public static ReceivedMessage of(SMTPSession session) {
        return session.getAttachment(KEY, State.Transaction)
                .orElseThrow(() -> new IllegalStateException("No message was received"));
    }

    /** When its data ended, by {@link System#nanoTime()}. */
    public long receivedAt() {
        return receivedAt;
    }

    void attachTo(SMTPSession session) {
        session.setAttachment(KEY, this, State.Transaction);
    }

    @Override
    public String getSourceId() {
        return name;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return content.open();
    }

    @Override
    public long getMessageSize() {
        return content.size();
    }

    /** Nothing: the octets belong to the session, which forgets them when the message was answered. */
    @Override
    public void dispose() {}
}
