package org.jameschatmail.protocols.imap.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.protocols.netty.Encryption;
import org.jameschatmail.protocols.imap.NextCommand;
import org.jameschatmail.protocols.imap.frame.CommandFrame;
import org.jameschatmail.protocols.imap.frame.CommandFramer;
import org.jameschatmail.protocols.imap.frame.FrameLimits;
import org.jameschatmail.protocols.imap.frame.RefusedCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Carries out the commands of one connection, each when the one before it is over and the client has taken its reply.
 * So a connection has at most one command at the threads, whatever it pipelines. A command that changes something runs
 * to its end also when the client is gone, since others have to hear of the change; a FETCH ends.
 */
public final class ImapConnection extends ChannelInboundHandlerAdapter implements NextCommand {
    private static final Logger LOGGER = LoggerFactory.getLogger(ImapConnection.class);

    private final ListenerSettings settings;
    private final @Nullable Encryption encryption;
    private final CommandFramer framer;

    /** Who holds back the next command: the one that is carried out, and what outlasts it. */
    private final AtomicInteger holders = new AtomicInteger();

    private @Nullable ConnectedSession session;
    private @Nullable ReplyChannel replies;

    private boolean closed;
    private boolean working;

    /**
     * @param encryption for STARTTLS; null without it
     */
    public ImapConnection(ListenerSettings settings, @Nullable Encryption encryption) {
        this.settings = settings;
        this.encryption = encryption;
        this.framer = new CommandFramer(this::limits, settings.memory());
    }

    /** Stands before this handler. */
    public CommandFramer framer() {
        return framer;
    }

    private FrameLimits limits() {
        ImapSession here = session;
        return here == null || here.getState() == ImapSessionState.NON_AUTHENTICATED
                ? FrameLimits.BEFORE_LOGIN
                : settings.afterLogin();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        Channel channel = context.channel();
        ConnectedSession fresh =
                new ConnectedSession(channel, framer, encryption, settings.compress(), settings.authentication());
        ReplyChannel out = new ReplyChannel(channel, settings.commandThreads());
        session = fresh;
        replies = out;
        attachTo(fresh);
        out.attachTo(fresh);
        channel.attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(fresh);
        settings.metrics().getConnectionsMetric().increment();
        out.write(("* OK " + settings.greeting() + "\r\n").getBytes(US_ASCII));
        out.flush();
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ConnectedSession here = session;
        ReplyChannel out = replies;
        if (here == null || out == null || closed) {
            close(message);
        } else if (message instanceof CommandFrame frame) {
            settings.metrics().getCommandsMetric().increment();
            working = true;
            withhold();
            new CommandRun(settings, here, out)
                    .of(frame)
                    .subscribe(
                            nothing -> {},
                            e -> context.executor().execute(() -> failed(context, e)),
                            () -> context.executor().execute(() -> over(context, here)));
        } else if (message instanceof RefusedCommand refused) {
            withhold();
            out.write((refused.reply() + "\r\n").getBytes(US_ASCII));
            out.flush();
            if (refused.hangUp()) {
                out.write("* BYE The rest can't be understood\r\n".getBytes(US_ASCII));
                hangUp(context);
            } else {
                release();
            }
        }
    }

    private static void close(Object message) {
        if (message instanceof CommandFrame frame) {
            frame.close();
        }
    }

    private void over(ChannelHandlerContext context, ConnectedSession here) {
        working = false;
        if (closed) {
            leave(here);
        } else if (here.getState() == ImapSessionState.LOGOUT) {
            hangUp(context);
        } else {
            release();
        }
    }

    private void failed(ChannelHandlerContext context, Throwable fault) {
        LOGGER.debug("A connection is closed because a command failed", fault);
        working = false;
        if (closed && session != null) {
            leave(session);
        }
        context.close();
    }

    private void hangUp(ChannelHandlerContext context) {
        if (replies != null) {
            replies.flush();
        }
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void withhold() {
        holders.incrementAndGet();
    }

    @Override
    public void release() {
        if (holders.decrementAndGet() == 0 && replies != null) {
            replies.room().subscribe(nothing -> {}, gone -> {}, framer::next);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        context.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).set(null);
        if (session != null && !closed) {
            closed = true;
            settings.metrics().getConnectionsMetric().decrement();
            if (!working) {
                leave(session);
            }
        }
        super.channelInactive(context);
    }

    private void leave(ConnectedSession here) {
        Mono.defer(here::logout)
                .subscribeOn(settings.commandThreads())
                .subscribe(
                        nothing -> {},
                        e -> LOGGER.warn(
                                "A mailbox was not let go of: {}", e.getClass().getName()));
    }

    /** The client has been silent for as long as the listener waits. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent && replies != null) {
            replies.write("* BYE Idle for too long\r\n".getBytes(US_ASCII));
            hangUp(context);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOGGER.warn("A connection is closed because of {}", cause.getClass().getName());
        LOGGER.debug("It is closed because of", cause);
        context.close();
    }
}
