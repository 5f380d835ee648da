package org.jameschatmail.protocols.imap.compression;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imapserver.netty.NettyConstants;

/**
 * Gives each new session its {@link Compression}. Stands behind James' core handler, which makes the session as the
 * connection opens. Stateless, shared by all connections.
 */
@Sharable
public final class CompressionHandler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        ImapSession session = context.channel()
                .attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY)
                .get();
        if (session != null) {
            new DeflateCompression(context.channel()).attachTo(session);
        }
        super.channelActive(context);
    }
}
