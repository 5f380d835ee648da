package org.jameschatmail.protocols.imap.server;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.jameschatmail.protocols.imap.compression.CompressionHandler;
import org.jameschatmail.protocols.imap.login.ClientAddressHandler;
import org.jameschatmail.protocols.session.ClientFaults;
import org.jspecify.annotations.Nullable;

/**
 * James' IMAP listener with {@link ClientFaults} before its core handler, and {@link ClientAddressHandler} and
 * {@link CompressionHandler} at the end of each connection's pipeline. Where TLS starts with the first byte, what stands
 * behind it serves other listeners as well, limits included.
 */
final class ChatmailImapServer extends IMAPServer {
    private static final String CLIENT_FAULTS = "clientFaults";
    private static final String CLIENT_ADDRESS_HANDLER = "clientAddressHandler";
    private static final String COMPRESSION_HANDLER = "compressionHandler";

    private final ClientFaults clientFaults = new ClientFaults();
    private final ClientAddressHandler clientAddressHandler = new ClientAddressHandler();
    private final CompressionHandler compressionHandler = new CompressionHandler();
    private volatile @Nullable ChannelHandler pipelineBehindTls;

    ChatmailImapServer(
            ImapDecoder decoder,
            ImapEncoder encoder,
            ImapProcessor processor,
            ImapMetrics metrics,
            GaugeRegistry gaugeRegistry) {
        super(decoder, encoder, processor, metrics, gaugeRegistry);
    }

    /** James' factory is an initializer, which sets up the pipeline it is added to and leaves it. */
    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        ChannelHandler stock = super.createPipelineFactory();
        AbstractChannelPipelineFactory<SocketChannel> session = factory(pipeline -> pipeline.addLast(stock)
                .addBefore(HandlerConstants.CORE_HANDLER, CLIENT_FAULTS, clientFaults)
                .addLast(CLIENT_ADDRESS_HANDLER, clientAddressHandler)
                .addLast(COMPRESSION_HANDLER, compressionHandler));
        if (!startsWithTls()) {
            return session;
        }
        pipelineBehindTls = session;
        return factory(pipeline -> pipeline.addLast(session).addFirst(SSL_HANDLER, encryption.sslHandler()));
    }

    private AbstractChannelPipelineFactory<SocketChannel> factory(Consumer<ChannelPipeline> setUp) {
        return new AbstractChannelPipelineFactory<>(getFrameHandlerFactory(), getExecutorGroup()) {
            @Override
            protected ChannelInboundHandlerAdapter createHandler() {
                return createCoreHandler();
            }

            @Override
            protected void initChannel(SocketChannel channel) {
                setUp.accept(channel.pipeline());
            }
        };
    }

    /** Sets up what stands behind TLS; there is none unless TLS starts with the first byte, and the server runs. */
    Optional<ChannelHandler> pipelineBehindTls() {
        return Optional.ofNullable(pipelineBehindTls);
    }

    /** With a proxy's header before TLS, everything is left to James. */
    private boolean startsWithTls() {
        return encryption != null && !encryption.isStartTLS() && !proxyRequired;
    }

    /** Hides from James' pipeline the TLS that ours starts with; a session needs it for STARTTLS alone. */
    @Override
    protected @Nullable Encryption getEncryption() {
        return startsWithTls() ? null : encryption;
    }

    @Override
    public String getSocketType() {
        return startsWithTls() ? "secure" : super.getSocketType();
    }
}
