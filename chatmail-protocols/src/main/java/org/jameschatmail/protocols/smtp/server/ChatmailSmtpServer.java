package org.jameschatmail.protocols.smtp.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.protocols.lib.SslConfig;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetrics;
import org.jameschatmail.protocols.proxy.ProxiedListeners;
import org.jameschatmail.protocols.session.ClientFaults;
import org.jameschatmail.protocols.session.OpenConnections;
import org.jameschatmail.protocols.smtp.SubmissionHandlers;
import org.jameschatmail.protocols.smtp.reception.SmtpFrameDecoder;
import org.jameschatmail.protocols.tls.ListenerTls;
import org.jspecify.annotations.Nullable;

/**
 * James' SMTP listener, whose commands and hooks run on the executor and not on the I/O thread: a password hash or a
 * database that is slow holds back its own connections alone. Where TLS starts with the first byte, what stands behind it
 * serves other listeners as well, limits included.
 */
final class ChatmailSmtpServer extends SMTPServer {
    private static final String OPEN_CONNECTIONS = "openConnections";
    private static final String CLIENT_FAULTS = "clientFaults";
    private static final String REPLIES_TOGETHER = "repliesTogether";
    private static final String START_TLS_PAUSE = "startTlsPause";
    private static final String HANDLERS = "handlerchain.[@coreHandlersPackage]";

    private final FileSystem files;
    private final ProxiedListeners proxied;
    private final OpenConnections openConnections;
    private final ClientFaults clientFaults = new ClientFaults();
    private @Nullable SslConfig tls;
    private volatile @Nullable ChannelHandler pipelineBehindTls;
    private boolean submission;

    ChatmailSmtpServer(
            FileSystem files, SmtpMetrics metrics, ProxiedListeners proxied, OpenConnections openConnections) {
        super(metrics);
        this.files = files;
        this.proxied = proxied;
        this.openConnections = openConnections;
    }

    @Override
    public void doConfigure(HierarchicalConfiguration<ImmutableNode> configuration) throws ConfigurationException {
        super.doConfigure(configuration);
        tls = SslConfig.parse(configuration);
        submission = SubmissionHandlers.class.getName().equals(configuration.getString(HANDLERS, ""));
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

    /** James' factory is an initializer, which sets up the pipeline it is added to and leaves it. */
    @Override
    protected AbstractChannelPipelineFactory<SocketChannel> createPipelineFactory() {
        ChannelHandler stock = super.createPipelineFactory();
        AbstractChannelPipelineFactory<SocketChannel> session = factory(pipeline -> {
            pipeline.addLast(stock);
            pipeline.remove(HandlerConstants.FRAMER);
            pipeline.remove(HandlerConstants.CHUNK_HANDLER);
            pipeline.remove(HandlerConstants.CORE_HANDLER);
            // From here on one executor, and no other between: a command is answered before the next one is cut.
            pipeline.addLast(getExecutorGroup(), HandlerConstants.FRAMER, new SmtpFrameDecoder());
            pipeline.addLast(getExecutorGroup(), REPLIES_TOGETHER, repliesTogether());
            pipeline.addLast(getExecutorGroup(), OPEN_CONNECTIONS, openConnections);
            pipeline.addLast(getExecutorGroup(), CLIENT_FAULTS, clientFaults);
            pipeline.addLast(getExecutorGroup(), START_TLS_PAUSE, new StartTlsPause());
            pipeline.addLast(getExecutorGroup(), HandlerConstants.CORE_HANDLER, createCoreHandler());
        });
        if (!startsWithTls()) {
            return session;
        }
        pipelineBehindTls = session;
        return factory(
                pipeline -> pipeline.addLast(session).addFirst(HandlerConstants.SSL_HANDLER, encryption.sslHandler()));
    }

    /** The replies to commands that came in one packet leave in one, and wake the client once. */
    private static ChannelHandler repliesTogether() {
        return new FlushConsolidationHandler(FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, false);
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

    /**
     * Sets up what stands behind TLS; there is none unless TLS starts with the first byte, the handlers are those of
     * submission, and the server runs.
     */
    Optional<ChannelHandler> submissionBehindTls() {
        return submission ? Optional.ofNullable(pipelineBehindTls) : Optional.empty();
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
