package org.jameschatmail.protocols.imap.login;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imapserver.netty.NettyConstants;
import org.jspecify.annotations.Nullable;

/**
 * Tells each new session the address of its client, which James keeps to the channel; {@link PasswordLogin} passes it
 * on, for the limit on new accounts per network. Stands behind James' core handler, which makes the session as the
 * connection opens. Stateless, shared by all connections.
 */
@Sharable
public final class ClientAddressHandler extends ChannelInboundHandlerAdapter {
    private static final String ADDRESS = "org.jameschatmail.protocols.imap.login.ADDRESS";

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        ImapSession session = context.channel()
                .attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY)
                .get();
        if (session != null && context.channel().remoteAddress() instanceof InetSocketAddress remote) {
            session.setAttribute(ADDRESS, remote.getAddress());
        }
        super.channelActive(context);
    }

    static @Nullable InetAddress addressOf(ImapSession session) {
        return session.getAttribute(ADDRESS) instanceof InetAddress address ? address : null;
    }
}
