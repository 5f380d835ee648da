package org.jameschatmail.protocols.imap.server;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.HandlerConstants;
import org.jameschatmail.protocols.imap.compression.CompressionHandler;
import org.jameschatmail.protocols.imap.login.ClientAddressHandler;
import org.jameschatmail.protocols.session.ClientFaults;

/**
 * James' IMAP listener with {@link ClientFaults} before its core handler, and {@link ClientAddressHandler} and
 * {@link CompressionHandler} at the end of each connection's pipeline.
 */
final class ChatmailImapServer extends IMAPServer {
    private static final String CLIENT_FAULTS = "clientFaults";
    private static final String CLIENT_ADDRESS_HANDLER = "clientAddressHandler";
    private static final String COMPRESSION_HANDLER = "compressionHandler";

    private final ClientFaults clientFaults = new ClientFaults();
    private final ClientAddressHandler clientAddressHandler = new ClientAddressHandler();
    private final CompressionHandler compressionHandler = new CompressionHandler();

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
        return new AbstractChannelPipelineFactory<>(getFrameHandlerFactory(), getExecutorGroup()) {
            @Override
            protected ChannelInboundHandlerAdapter createHandler() {
                return createCoreHandler();
            }

            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline()
                        .addLast(stock)
                        .addBefore(HandlerConstants.CORE_HANDLER, CLIENT_FAULTS, clientFaults)
                        .addLast(CLIENT_ADDRESS_HANDLER, clientAddressHandler)
                        .addLast(COMPRESSION_HANDLER, compressionHandler);
            }
        };
    }
}
