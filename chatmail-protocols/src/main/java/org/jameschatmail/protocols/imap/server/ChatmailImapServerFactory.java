package org.jameschatmail.protocols.imap.server;

import io.netty.channel.ChannelHandler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.imapserver.netty.IMAPServerFactory;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.concurrent.WaitingThread;
import org.jameschatmail.protocols.imap.frame.CommandMemory;
import org.jameschatmail.protocols.proxy.ProxiedListeners;
import org.jameschatmail.protocols.session.OpenConnections;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Makes the IMAP listeners of imapserver.xml. Bound in the place of James' {@link IMAPServerFactory}; without it
 * COMPRESS isn't offered.
 */
public final class ChatmailImapServerFactory extends IMAPServerFactory {
    /** Commands at a time, of all connections; more wait for their turn. */
    private static final int COMMAND_THREADS = 64;

    private static final int THREAD_SECONDS = 60;

    /** Of the heap; a message is there up to three times while it is stored. */
    private static final int SHARE = 8;

    /** The largest message that the settings allow by default fits in. */
    private static final long LEAST_COMMAND_MEMORY = 40L * 1024 * 1024;

    private final CommandMemory memory = new CommandMemory(
            Math.max(LEAST_COMMAND_MEMORY, Runtime.getRuntime().maxMemory() / SHARE));
    private final Scheduler commandThreads = Schedulers.newBoundedElastic(
            COMMAND_THREADS, Integer.MAX_VALUE, WaitingThread.factory("imap-command"), THREAD_SECONDS);

    private final FileSystem files;
    private final ProxiedListeners proxied;
    private final OpenConnections openConnections;

    @Inject
    public ChatmailImapServerFactory(
            FileSystem fileSystem,
            Provider<ImapDecoder> decoder,
            Provider<ImapEncoder> encoder,
            Provider<ImapProcessor> processor,
            MetricFactory metricFactory,
            GaugeRegistry gaugeRegistry,
            ProxiedListeners proxied,
            OpenConnections openConnections) {
        super(fileSystem, decoder, encoder, processor, metricFactory, gaugeRegistry);
        this.files = fileSystem;
        this.proxied = proxied;
        this.openConnections = openConnections;
        openConnections.know(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY, ImapSession::getUserName);
    }

    @Override
    protected IMAPServer createServer() {
        return new ChatmailImapServer(
                files,
                decoder.get(),
                encoder.get(),
                processor.get(),
                imapMetrics,
                gaugeRegistry,
                memory,
                commandThreads,
                proxied,
                openConnections);
    }

    /**
     * Sets up, behind a TLS handler named {@code sslHandler}, what the first listener with TLS from the first byte gives
     * its connections, and counts them under its limits. For listeners elsewhere that end TLS themselves; empty while
     * the servers don't run, or where none of them has such a listener.
     */
    public Optional<ChannelHandler> pipelineBehindTls() {
        return Stream.ofNullable(getServers())
                .flatMap(List::stream)
                .filter(ChatmailImapServer.class::isInstance)
                .map(ChatmailImapServer.class::cast)
                .flatMap(server -> server.pipelineBehindTls().stream())
                .findFirst();
    }
}
