package org.jameschatmail.protocols.imap.compression;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.apache.james.imapserver.netty.NettyConstants;

/**
 * Raw deflate in both directions, at next to no memory while the connection idles: replies are deflated by whichever
 * deflater is free ({@link ReplyDeflater}), and what the client sends is inflated piece by piece ({@link BoundedInflater}).
 * The codec that James takes has no bound, and holds 300 KiB for each connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4978">RFC 4978</a>
 */
final class DeflateCompression implements Compression {
    private final Channel channel;

    DeflateCompression(Channel channel) {
        this.channel = channel;
    }

    @Override
    public boolean isActive() {
        return channel.pipeline().get(NettyConstants.ZLIB_ENCODER) != null;
    }

    @Override
    public void start(Runnable announce, Runnable started) {
        channel.eventLoop().execute(() -> {
            announce.run();
            insertCodec(channel.pipeline());
            started.run();
        });
    }

    private static void insertCodec(ChannelPipeline pipeline) {
        ReplyDeflater deflater = new ReplyDeflater(SpareDeflaters.shared());
        if (pipeline.get(NettyConstants.SSL_HANDLER) == null) {
            pipeline.addFirst(NettyConstants.ZLIB_ENCODER, deflater);
            pipeline.addFirst(NettyConstants.ZLIB_DECODER, new BoundedInflater());
        } else {
            pipeline.addAfter(NettyConstants.SSL_HANDLER, NettyConstants.ZLIB_ENCODER, deflater);
            pipeline.addAfter(NettyConstants.SSL_HANDLER, NettyConstants.ZLIB_DECODER, new BoundedInflater());
        }
    }
}
