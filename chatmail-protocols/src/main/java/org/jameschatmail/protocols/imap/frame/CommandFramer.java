package org.jameschatmail.protocols.imap.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.james.protocols.netty.LineHandlerAware;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a client sends into commands and passes on one at a time: the next one when {@link #next()} is called.
 * Meanwhile at most {@value #WINDOW} octets are read ahead, then the connection isn't read. A line may end in CRLF or in
 * a bare LF, a blank line is skipped.
 *
 * <p>Passes on a {@link CommandFrame}, or a {@link RefusedCommand} for what is larger than the limits. A literal that
 * waits for {@code +} is refused before it is sent, and the connection goes on; one that doesn't wait ends it. A line
 * that is too long is read to its end and refused. While a line handler is there (IDLE, AUTHENTICATE), it gets each
 * line. One instance a connection; what isn't said to be thread-safe belongs to its event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3501#section-7.5">RFC 3501, section 7.5</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4469#section-5">RFC 4469, section 5, TOOBIG</a>
 */
public final class CommandFramer extends ByteToMessageDecoder implements LineHandlerAware {
    private static final int WINDOW = 65536;

    /** A command that has begun goes on with so many octets in each such time, or it isn't waited for. */
    static final int LEAST_ARRIVING = 16 * 1024;

    static final int PATIENCE_SECONDS = 60;

    private static final byte[] CONTINUATION = "+ Ok\r\n".getBytes(US_ASCII);

    private enum Reading {
        LINE,
        LITERAL,
        TOO_LONG_LINE,
        NOTHING
    }

    private final Supplier<FrameLimits> limits;
    private final CommandMemory memory;
    private final Deque<ChannelInboundHandlerAdapter> lineHandlers = new ConcurrentLinkedDeque<>();
    private volatile @Nullable ChannelHandlerContext context;
    private FrameParts frame;
    private Reading reading = Reading.LINE;
    private boolean busy;
    private boolean watched;
    private long arrived;

    /**
     * @param limits of the next command; asked at its start
     */
    public CommandFramer(Supplier<FrameLimits> limits, CommandMemory memory) {
        this.limits = limits;
        this.memory = memory;
        this.frame = new FrameParts(limits.get(), memory);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf part) {
            arrived += part.readableBytes();
        }
        super.channelRead(context, message);
        if (isHalfway() && !watched) {
            watched = true;
            watch(context, frame, arrived);
        }
    }

    private boolean isHalfway() {
        return !busy && reading != Reading.NOTHING && !frame.isEmpty();
    }

    /** Looks after the patience is over whether the same command is still on its way, and how much of it has come. */
    private void watch(ChannelHandlerContext context, FrameParts begun, long before) {
        context.executor()
                .schedule(
                        () -> {
                            watched = false;
                            if (context.isRemoved() || !isHalfway()) {
                                return;
                            }
                            if (frame == begun && arrived - before < LEAST_ARRIVING) {
                                refuseSlow(context);
                            } else {
                                watched = true;
                                watch(context, frame, arrived);
                            }
                        },
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    private void refuseSlow(ChannelHandlerContext context) {
        List<Object> out = new ArrayList<>();
        refuse(out, frame.tag() + " BAD The command comes too slowly", true);
        out.forEach(context::fireChannelRead);
    }

    /** Lets the next command come. Thread-safe; takes effect on the event loop. */
    public void next() {
        onEventLoop(() -> {
            busy = false;
            if (reading == Reading.LINE && frame.isEmpty()) {
                startFrame();
            }
            readOn();
        });
    }

    /** Whether something has arrived behind the command that is carried out. */
    public boolean hasReadAhead() {
        return !frame.isEmpty() || actualReadableBytes() > 0;
    }

    private void readOn() {
        ChannelHandlerContext here = context;
        if (here == null || here.isRemoved()) {
            return;
        }
        here.channel().config().setAutoRead(true);
        try {
            channelRead(here, Unpooled.EMPTY_BUFFER);
        } catch (Exception e) {
            here.fireExceptionCaught(e);
        }
    }

    private void onEventLoop(Runnable work) {
        ChannelHandlerContext here = context;
        if (here != null) {
            here.executor().execute(work);
        }
    }

    /** Thread-safe. */
    @Override
    public void pushLineHandler(ChannelInboundHandlerAdapter lineHandler) {
        lineHandlers.addFirst(lineHandler);
        onEventLoop(this::readOn);
    }

    /** Thread-safe. */
    @Override
    public void popLineHandler() {
        lineHandlers.pollFirst();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (reading == Reading.NOTHING) {
            in.skipBytes(in.readableBytes());
            return;
        }
        ChannelInboundHandlerAdapter lineHandler = lineHandlers.peekFirst();
        if (busy && lineHandler == null) {
            if (in.readableBytes() > WINDOW) {
                context.channel().config().setAutoRead(false);
            }
            return;
        }
        switch (reading) {
            case LINE -> readLine(context, in, out, lineHandler);
            case LITERAL -> readLiteral(in, out);
            case TOO_LONG_LINE -> skipLine(in, out);
            case NOTHING -> {}
        }
    }

    private void readLine(
            ChannelHandlerContext context,
            ByteBuf in,
            List<Object> out,
            @Nullable ChannelInboundHandlerAdapter lineHandler)
            throws Exception {
        boolean ends = frame.readLine(in);
        if (frame.isLineTooLong()) {
            reading = Reading.TOO_LONG_LINE;
            if (ends) {
                refuseLine(out);
            }
        } else if (!ends) {
            if (frame.isOutOfMemory()) {
                refuse(out, frame.tag() + " NO [LIMIT] Too much to do, try again", true);
            }
        } else if (lineHandler != null) {
            byte[] line = frame.takeLine();
            lineHandler.channelRead(context, Unpooled.wrappedBuffer(line));
        } else {
            endLine(context, out);
        }
    }

    private void endLine(ChannelHandlerContext context, List<Object> out) {
        Optional<LiteralAnnouncement> announced = frame.announcement();
        if (announced.isEmpty()) {
            if (frame.isBlank()) {
                startFrame();
            } else {
                busy = true;
                out.add(frame.complete());
                startFrame();
            }
            return;
        }
        LiteralAnnouncement literal = announced.get();
        Optional<String> refusal = frame.refusal(literal);
        if (refusal.isPresent()) {
            refuse(out, frame.tag() + " " + refusal.get(), !literal.waits());
            return;
        }
        frame.expect((int) literal.octets());
        reading = Reading.LITERAL;
        if (literal.waits()) {
            context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUATION));
        }
        if (literal.octets() == 0) {
            reading = Reading.LINE;
        }
    }

    private void readLiteral(ByteBuf in, List<Object> out) {
        boolean ends = frame.readLiteral(in);
        if (frame.isOutOfMemory()) {
            refuse(out, frame.tag() + " NO [LIMIT] Too much to do, try again", true);
        } else if (ends) {
            reading = Reading.LINE;
        }
    }

    private void skipLine(ByteBuf in, List<Object> out) {
        if (frame.skipLine(in)) {
            refuseLine(out);
        }
    }

    private void refuseLine(List<Object> out) {
        boolean hangUp =
                frame.announcement().filter(literal -> !literal.waits()).isPresent();
        refuse(out, frame.tag() + " BAD Command line too long", hangUp || !lineHandlers.isEmpty());
    }

    private void refuse(List<Object> out, String reply, boolean hangUp) {
        frame.giveBack();
        busy = true;
        out.add(new RefusedCommand(reply, hangUp));
        startFrame();
        if (hangUp) {
            reading = Reading.NOTHING;
        }
    }

    private void startFrame() {
        frame = new FrameParts(limits.get(), memory);
        reading = Reading.LINE;
    }

    /** What is left of a connection that has closed is nobody's command. */
    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        frame.giveBack();
        reading = Reading.NOTHING;
        in.skipBytes(in.readableBytes());
    }
}
