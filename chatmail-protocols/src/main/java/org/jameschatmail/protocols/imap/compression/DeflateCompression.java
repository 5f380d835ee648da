package org.jameschatmail.protocols.imap.compression;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.JdkZlibEncoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import org.apache.james.imapserver.netty.NettyConstants;

/**
 * Raw deflate, level 5, by the JDK's zlib. Each write ends in a sync flush, so that the client can read all of it. One
 * read, of at most 64 KiB, may inflate to 8 MiB; more closes the connection, where the pure Java codec that James takes
 * has no bound.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4978">RFC 4978</a>
 */
final class DeflateCompression implements Compression {
    private static final int LEVEL = 5;
    private static final int MAX_INFLATED_BYTES = 8 * 1024 * 1024;

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
        JdkZlibDecoder decoder = new JdkZlibDecoder(ZlibWrapper.NONE, MAX_INFLATED_BYTES);
        JdkZlibEncoder encoder = new JdkZlibEncoder(ZlibWrapper.NONE, LEVEL);
        if (pipeline.get(NettyConstants.SSL_HANDLER) == null) {
            pipeline.addFirst(NettyConstants.ZLIB_ENCODER, encoder);
            pipeline.addFirst(NettyConstants.ZLIB_DECODER, decoder);
        } else {
            pipeline.addAfter(NettyConstants.SSL_HANDLER, NettyConstants.ZLIB_ENCODER, encoder);
            pipeline.addAfter(NettyConstants.SSL_HANDLER, NettyConstants.ZLIB_DECODER, decoder);
        }
    }
}
