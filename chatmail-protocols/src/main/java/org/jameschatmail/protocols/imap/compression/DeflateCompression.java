package org.jameschatmail.protocols.imap.compression;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.compression.JdkZlibEncoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import org.apache.james.imapserver.netty.NettyConstants;

/**
 * Raw deflate, level 5, by the JDK's zlib. Each write ends in a sync flush, so that the client can read all of it. What
 * a client sends is inflated piece by piece, and ends the connection where it is out of proportion
 * ({@link InflationBound}); the pure Java codec that James takes has no bound.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4978">RFC 4978</a>
 */
final class DeflateCompression implements Compression {
    private static final int LEVEL = 5;
    private static final String BOUND = "inflationBound";

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
        BoundedInflater decoder = new BoundedInflater();
        JdkZlibEncoder encoder = new JdkZlibEncoder(ZlibWrapper.NONE, LEVEL);
        if (pipeline.get(NettyConstants.SSL_HANDLER) == null) {
            pipeline.addFirst(NettyConstants.ZLIB_ENCODER, encoder);
            pipeline.addFirst(NettyConstants.ZLIB_DECODER, decoder);
        } else {
            pipeline.addAfter(NettyConstants.SSL_HANDLER, NettyConstants.ZLIB_ENCODER, encoder);
            pipeline.addAfter(NettyConstants.SSL_HANDLER, NettyConstants.ZLIB_DECODER, decoder);
        }
        pipeline.addAfter(NettyConstants.ZLIB_DECODER, BOUND, new InflationBound(decoder));
    }
}
