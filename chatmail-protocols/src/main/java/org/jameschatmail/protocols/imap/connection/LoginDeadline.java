package org.jameschatmail.protocols.imap.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imapserver.netty.NettyConstants;

/**
 * Closes a connection whose client hasn't logged in by then, however much it has said: the timeout for silence spares
 * whoever sends an octet now and then. Stands behind {@link ImapConnection}. Stateless, shared by all connections.
 */
@Sharable
public final class LoginDeadline extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Future<?>> PENDING = AttributeKey.valueOf(LoginDeadline.class, "pending");
    private static final byte[] BYE = "* BYE Log in sooner\r\n".getBytes(US_ASCII);

    private final Duration patience;

    /**
     * @param patience from the opening of the connection, TLS included
     */
    public LoginDeadline(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        Channel channel = context.channel();
        channel.attr(PENDING)
                .set(context.executor().schedule(() -> judge(channel), patience.toMillis(), TimeUnit.MILLISECONDS));
        super.channelActive(context);
    }

    private static void judge(Channel channel) {
        channel.attr(PENDING).set(null);
        ImapSession session =
                channel.attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
        if (session != null && session.getState() == ImapSessionState.NON_AUTHENTICATED) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(BYE)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        Future<?> pending = context.channel().attr(PENDING).getAndSet(null);
        if (pending != null) {
            pending.cancel(false);
        }
        super.channelInactive(context);
    }
}
