package org.jameschatmail.protocols.imap.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseWriter;
import org.apache.james.imap.encode.base.ImapResponseComposerImpl;
import org.apache.james.imap.main.ResponseEncoder;
import org.apache.james.imap.message.Literal;
import org.apache.james.util.MDCBuilder;
import org.apache.james.util.ReactorUtils;
import org.jameschatmail.protocols.imap.frame.CommandFrame;
import org.jameschatmail.protocols.imap.frame.FrameReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** One command, from parsing to the end of its reply, on the threads for commands. Used once. */
final class CommandRun {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommandRun.class);
    private static final byte[] DELETED = "* BYE Selected mailbox has been deleted\r\n".getBytes(US_ASCII);
    private static final byte[] NOT_UNDERSTOOD = "* BAD Not understood\r\n".getBytes(US_ASCII);

    private final ListenerSettings settings;
    private final ConnectedSession session;
    private final ReplyChannel replies;

    CommandRun(ListenerSettings settings, ConnectedSession session, ReplyChannel replies) {
        this.settings = settings;
        this.session = session;
        this.replies = replies;
    }

    /** Completes when the reply is written, and fails when it can't be. */
    Mono<Void> of(CommandFrame frame) {
        ReplyWriter writer = new ReplyWriter(replies);
        ResponseEncoder responder = new FlushingEncoder(settings.encoder(), writer.composer, replies);
        return Mono.defer(() -> carryOut(frame, responder))
                .then(Mono.fromCallable(() -> finish(responder)))
                .then()
                .doFinally(signal -> frame.close())
                .contextWrite(ReactorUtils.context(
                        "imap",
                        MDCBuilder.create()
                                .addToContext(
                                        MDCBuilder.SESSION_ID,
                                        session.sessionId().asString())))
                .subscribeOn(settings.commandThreads());
    }

    private Mono<Void> carryOut(CommandFrame frame, ResponseEncoder responder) {
        SelectedMailbox selected = session.getSelected();
        if (selected != null && selected.isDeletedByOtherSession()) {
            replies.write(DELETED);
            return session.logout();
        }
        Optional<ImapMessage> message = parse(frame);
        if (message.isEmpty()) {
            replies.write(NOT_UNDERSTOOD);
            return Mono.empty();
        }
        return settings.processor()
                .processReactive(message.get(), responder, session)
                .doFinally(signal -> close(message.get()));
    }

    private Optional<ImapMessage> parse(CommandFrame frame) {
        try {
            return Optional.of(settings.decoder().decode(new FrameReader(frame), session));
        } catch (RuntimeException | StackOverflowError e) {
            LOGGER.warn("A command could not be parsed: {}", e.getClass().getName());
            LOGGER.debug("It could not be parsed because of", e);
            return Optional.empty();
        }
    }

    private boolean finish(ResponseEncoder responder) throws IOException {
        if (responder.getFailure() != null) {
            throw responder.getFailure();
        }
        responder.flush();
        return true;
    }

    private static void close(ImapMessage message) {
        if (message instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                LOGGER.warn("A command was not cleared away: {}", e.getClass().getName());
            }
        }
    }

    /** James' own leaves in the connection what it flushes. */
    private static final class FlushingEncoder extends ResponseEncoder {
        private final ReplyChannel replies;

        FlushingEncoder(ImapEncoder encoder, ImapResponseComposer composer, ReplyChannel replies) {
            super(encoder, composer);
            this.replies = replies;
        }

        @Override
        public void flush() {
            super.flush();
            replies.flush();
        }
    }

    /** Lets a literal out behind the line that announces it, which its composer still has. */
    private static final class ReplyWriter implements ImapResponseWriter {
        private final ReplyChannel replies;
        private final ImapResponseComposerImpl composer = new ImapResponseComposerImpl(this);

        ReplyWriter(ReplyChannel replies) {
            this.replies = replies;
        }

        @Override
        public void write(byte[] octets) {
            replies.write(octets);
        }

        @Override
        public void write(Literal literal) throws IOException {
            composer.flush();
            replies.write(literal);
        }
    }
}
