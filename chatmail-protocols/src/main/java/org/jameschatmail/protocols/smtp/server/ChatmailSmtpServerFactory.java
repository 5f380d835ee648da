package org.jameschatmail.protocols.smtp.server;

import javax.inject.Inject;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SMTPServerFactory;

/** Makes the SMTP listeners of smtpserver.xml. Bound in the place of James' {@link SMTPServerFactory}. */
public final class ChatmailSmtpServerFactory extends SMTPServerFactory {
    @Inject
    public ChatmailSmtpServerFactory(
            DNSService dns, ProtocolHandlerLoader loader, FileSystem fileSystem, MetricFactory metricFactory) {
        super(dns, loader, fileSystem, metricFactory);
    }

    @Override
    protected SMTPServer createServer() {
        return new ChatmailSmtpServer(smtpMetrics);
    }
}
