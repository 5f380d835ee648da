package org.jameschatmail.protocols.smtp.server;

import io.netty.channel.ChannelHandler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.CommandDetectionSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.protocols.netty.BasicChannelInboundHandler;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SMTPServerFactory;
import org.jameschatmail.protocols.proxy.ProxiedListeners;
import org.jameschatmail.protocols.session.OpenConnections;
import org.jspecify.annotations.Nullable;

/** Makes the SMTP listeners of smtpserver.xml. Bound in the place of James' {@link SMTPServerFactory}. */
public final class ChatmailSmtpServerFactory extends SMTPServerFactory {
    private final FileSystem files;
    private final ProxiedListeners proxied;
    private final OpenConnections openConnections;

    @Inject
    public ChatmailSmtpServerFactory(
            DNSService dns,
            ProtocolHandlerLoader loader,
            FileSystem fileSystem,
            MetricFactory metricFactory,
            ProxiedListeners proxied,
            OpenConnections openConnections) {
        super(dns, loader, fileSystem, metricFactory);
        this.files = fileSystem;
        this.proxied = proxied;
        this.openConnections = openConnections;
        openConnections.know(BasicChannelInboundHandler.SESSION_ATTRIBUTE_KEY, ChatmailSmtpServerFactory::user);
    }

    @Override
    protected SMTPServer createServer() {
        return new ChatmailSmtpServer(files, smtpMetrics, proxied, openConnections);
    }

    private static @Nullable Username user(CommandDetectionSession session) {
        return session instanceof ProtocolSession known ? known.getUsername() : null;
    }

    /**
     * Sets up, behind a TLS handler named {@code sslHandler}, what the first listener with TLS from the first byte and
     * {@link org.jameschatmail.protocols.smtp.SubmissionHandlers} gives its connections, and counts them under its
     * limits. For listeners elsewhere that end TLS themselves; empty while the servers don't run, or where none of them
     * is such a listener.
     */
    public Optional<ChannelHandler> submissionBehindTls() {
        return Stream.ofNullable(getServers())
                .flatMap(List::stream)
                .filter(ChatmailSmtpServer.class::isInstance)
                .map(ChatmailSmtpServer.class::cast)
                .flatMap(server -> server.submissionBehindTls().stream())
                .findFirst();
    }
}
