package org.jameschatmail.protocols.imap.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.HAProxyMessageHandler;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.protocols.lib.SslConfig;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.util.Size;
import org.jameschatmail.protocols.imap.compression.CompressionHandler;
import org.jameschatmail.protocols.imap.connection.ImapConnection;
import org.jameschatmail.protocols.imap.connection.ListenerSettings;
import org.jameschatmail.protocols.imap.connection.LoginDeadline;
import org.jameschatmail.protocols.imap.frame.CommandMemory;
import org.jameschatmail.protocols.imap.frame.FrameLimits;
import org.jameschatmail.protocols.imap.login.ClientAddressHandler;
import org.jameschatmail.protocols.proxy.ProxiedListeners;
import org.jameschatmail.protocols.session.ClientFaults;
import org.jameschatmail.protocols.session.OpenConnections;
import org.jameschatmail.protocols.tls.ListenerTls;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * An IMAP listener with James' configuration and our pipeline. {@code concurrentRequests}, {@code maxQueueSize} and
 * {@code inMemorySizeLimit} have no meaning here: commands run on the threads that all listeners share, and nothing is
 * kept in temporary files. Where TLS starts with the first byte, what stands behind it serves other listeners as well,
 * limits included.
 */
final class ChatmailImapServer extends IMAPServer {
    private static final String PROXY_INFORMATION_HANDLER = "proxyInformationHandler";
    private static final String OPEN_CONNECTIONS = "openConnections";
    private static final String CLIENT_FAULTS = "clientFaults";
    private static final String CLIENT_ADDRESS_HANDLER = "clientAddressHandler";
    private static final String COMPRESSION_HANDLER = "compressionHandler";
    private static final String LOGIN_DEADLINE = "loginDeadline";
    private static final Duration LOGIN_PATIENCE = Duration.ofMinutes(2);

    private final FileSystem files;
    private final ImapDecoder decoder;
    private final ImapEncoder encoder;
    private final ImapProcessor processor;
    private final ImapMetrics metrics;
    private final CommandMemory memory;
    private final Scheduler commandThreads;
    private final ProxiedListeners proxied;
    private final OpenConnections openConnections;
    private final ClientFaults clientFaults = new ClientFaults();
    private final ClientAddressHandler clientAddressHandler = new ClientAddressHandler();
    private final CompressionHandler compressionHandler = new CompressionHandler();
    private final LoginDeadline loginDeadline = new LoginDeadline(LOGIN_PATIENCE);
    private BoundedConnections connections = new BoundedConnections(0, 0);
    private @Nullable ListenerSettings settings;
    private @Nullable SslConfig tls;
    private int idleSeconds;
    private volatile @Nullable ChannelHandler pipelineBehindTls;

    ChatmailImapServer(
            FileSystem files,
            ImapDecoder decoder,
            ImapEncoder encoder,
            ImapProcessor processor,
            ImapMetrics metrics,
            GaugeRegistry gaugeRegistry,
            CommandMemory memory,
            Scheduler commandThreads,
            ProxiedListeners proxied,
            OpenConnections openConnections) {
        super(decoder, encoder, processor, metrics, gaugeRegistry);
        this.files = files;
        this.decoder = decoder;
        this.encoder = encoder;
        this.processor = processor;
        this.metrics = metrics;
        this.memory = memory;
        this.commandThreads = commandThreads;
        this.proxied = proxied;
        this.openConnections = openConnections;
    }

    @Override
    public void doConfigure(HierarchicalConfiguration<ImmutableNode> configuration) throws ConfigurationException {
        super.doConfigure(configuration);
        tls = SslConfig.parse(configuration);
        idleSeconds = configuration.getInt("timeout", DEFAULT_TIMEOUT);
        connections = new BoundedConnections(connectionLimit, connPerIP);
        settings = new ListenerSettings(
                decoder,
                encoder,
                processor,
                metrics,
                "IMAP4rev1 " + getHelloName() + " is ready",
                configuration.getBoolean("compress", false),
                AuthenticationConfiguration.parse(configuration),
                FrameLimits.afterLogin(
                        configuration.getInt("maxLineLength", DEFAULT_MAX_LINE_LENGTH), messageBytes(configuration)),
                memory,
                commandThreads);
    }

    /** Without a limit, James' largest literal. */
    private static int messageBytes(HierarchicalConfiguration<ImmutableNode> configuration)
            throws ConfigurationException {
        String limit = configuration.getString("literalSizeLimit", "0");
        long bytes = Size.parse(limit).asBytes();
        if (bytes < 0 || bytes > Integer.MAX_VALUE - 16) {
            throw new ConfigurationException("literalSizeLimit: must be from 0 to 2 GiB");
        }
        return bytes == 0 ? Integer.MAX_VALUE - 16 : (int) bytes;
    }

    @Override
    protected void buildSSLContext() throws Exception {
        SslConfig config = Objects.requireNonNull(tls);
        if (config.useSSL() || config.useStartTLS()) {
            encryption = ListenerTls.of(files, config);
        }
    }

    @Override
    protected void configureBootstrap(ServerBootstrap bootstrap) {
        super.configureBootstrap(bootstrap);
        proxied.configure(bootstrap);
    }

    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        if (!startsWithTls()) {
            return factory(pipeline -> {
                addProxyHandlers(pipeline);
                if (encryption != null && !encryption.isStartTLS()) {
                    pipeline.addLast(SSL_HANDLER, encryption.sslHandler());
                }
                addSession(pipeline);
            });
        }
        AbstractChannelPipelineFactory<SocketChannel> session = factory(this::addSession);
        pipelineBehindTls = session;
        return factory(pipeline -> pipeline.addLast(session).addFirst(SSL_HANDLER, encryption.sslHandler()));
    }

    private void addProxyHandlers(ChannelPipeline pipeline) {
        if (proxyRequired) {
            pipeline.addLast(HandlerConstants.PROXY_HANDLER, new HAProxyMessageDecoder());
            pipeline.addLast(PROXY_INFORMATION_HANDLER, new HAProxyMessageHandler());
        }
    }

    private void addSession(ChannelPipeline pipeline) {
        Encryption startTls = encryption != null && encryption.isStartTLS() ? encryption : null;
        ImapConnection connection = new ImapConnection(Objects.requireNonNull(settings), startTls);
        pipeline.addLast(TIMEOUT_HANDLER, new IdleStateHandler(0, 0, idleSeconds));
        pipeline.addLast(HandlerConstants.CONNECTION_LIMIT_HANDLER, connections);
        pipeline.addLast(CHUNK_WRITE_HANDLER, new ChunkedWriteHandler())
                .addLast(REQUEST_DECODER, connection.framer())
                .addLast(OPEN_CONNECTIONS, openConnections)
                .addLast(CLIENT_FAULTS, clientFaults)
                .addLast(CORE_HANDLER, connection)
                .addLast(LOGIN_DEADLINE, loginDeadline)
                .addLast(CLIENT_ADDRESS_HANDLER, clientAddressHandler)
                .addLast(COMPRESSION_HANDLER, compressionHandler);
    }

    /** The factory is an initializer, which sets up the pipeline it is added to and leaves it. */
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

    /** With a proxy's header before TLS, nobody else's TLS can take its place. */
    private boolean startsWithTls() {
        return encryption != null && !encryption.isStartTLS() && !proxyRequired;
    }
}
