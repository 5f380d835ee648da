package org.jameschatmail.protocols.smtp.reception;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.james.protocols.api.CommandDetectionSession;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.netty.BasicChannelInboundHandler;
import org.apache.james.protocols.netty.CommandInjectionDetectedException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts what a client sends into command lines, and while its session expects a message, feeds that message to its
 * {@link Reception}; its end is then told to the session as the line {@code .}. Stands before James' core handler on
 * the same executor, so that a line is answered before the next one is cut.
 *
 * <p>Nothing that was sent in the clear is read as a command after STARTTLS: not what stood behind it in the same
 * packet, not what came before the handshake was done.
 */
public final class SmtpFrameDecoder extends ByteToMessageDecoder {
    /** Longer than RFC 5321 asks for: an AUTH response may have 12288 octets (RFC 4954, section 4). */
    static final int MAX_LINE = 12_288 + 2;

    private static final Logger LOGGER = LoggerFactory.getLogger(SmtpFrameDecoder.class);
    private static final byte[] END_OF_MESSAGE = {'.', '\r', '\n'};
    private static final String START_TLS = "STARTTLS";

    private @Nullable Reception reception;
    private boolean startingTls;
    private boolean discarding;
    private int scanned;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (startingTls) {
            requireTls(context);
        }
        Optional<Reception> awaited = awaitedMessage(context);
        if (awaited.isPresent()) {
            reception = awaited.get();
            if (reception.read(in)) {
                out.add(Unpooled.wrappedBuffer(END_OF_MESSAGE));
            }
        } else {
            readLine(in, out);
        }
    }

    private static Optional<Reception> awaitedMessage(ChannelHandlerContext context) {
        CommandDetectionSession session = context.channel()
                .attr(BasicChannelInboundHandler.SESSION_ATTRIBUTE_KEY)
                .get();
        return session instanceof SMTPSession smtp
                ? smtp.getAttachment(Reception.KEY, State.Transaction)
                : Optional.empty();
    }

    private void readLine(ByteBuf in, List<Object> out) {
        int end = in.indexOf(in.readerIndex() + scanned, in.writerIndex(), (byte) '\n');
        if (end < 0) {
            scanned = in.readableBytes();
            if (scanned > MAX_LINE) {
                discarding = true;
                in.skipBytes(scanned);
                scanned = 0;
            }
            return;
        }
        scanned = 0;
        int length = end + 1 - in.readerIndex();
        if (discarding || length > MAX_LINE) {
            discarding = false;
            in.skipBytes(length);
            throw new TooLongFrameException("A line of more than " + MAX_LINE + " octets");
        }
        startingTls = isStartTls(in, length);
        if (startingTls && in.readableBytes() > length) {
            throw new CommandInjectionDetectedException();
        }
        out.add(in.readRetainedSlice(length));
    }

    private static boolean isStartTls(ByteBuf in, int length) {
        return length >= START_TLS.length()
                && in.toString(in.readerIndex(), START_TLS.length(), StandardCharsets.US_ASCII)
                        .equalsIgnoreCase(START_TLS);
    }

    /** After STARTTLS was refused there is no TLS handler, and the session goes on in the clear. */
    private void requireTls(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null && !tls.handshakeFuture().isSuccess()) {
            throw new CommandInjectionDetectedException();
        }
        startingTls = false;
    }

    /** The connection is gone, perhaps in the middle of a message. */
    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        discardReception();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        discardReception();
    }

    private void discardReception() {
        Reception unfinished = reception;
        reception = null;
        if (unfinished != null) {
            try {
                unfinished.close();
            } catch (IOException e) {
                LOGGER.warn("A half-received message can't be removed from the temporary folder", e);
            }
        }
    }
}
