package org.jameschatmail.protocols.smtp.server;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.smtpserver.netty.SMTPServer;
import org.apache.james.smtpserver.netty.SmtpMetrics;
import org.jameschatmail.protocols.session.ClientFaults;

/**
 * James' SMTP listener, whose commands and hooks run on the executor and not on the I/O thread: a password hash or a
 * database that is slow holds back its own connections alone.
 */
final class ChatmailSmtpServer extends SMTPServer {
    private static final String CLIENT_FAULTS = "clientFaults";
    private static final String START_TLS_PAUSE = "startTlsPause";

    private final ClientFaults clientFaults = new ClientFaults();

    ChatmailSmtpServer(SmtpMetrics metrics) {
        super(metrics);
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
                ChannelPipeline pipeline = channel.pipeline();
                pipeline.addLast(stock);
                pipeline.remove(HandlerConstants.CORE_HANDLER);
                pipeline.addLast(getExecutorGroup(), CLIENT_FAULTS, clientFaults);
                pipeline.addLast(getExecutorGroup(), START_TLS_PAUSE, new StartTlsPause());
                pipeline.addLast(getExecutorGroup(), HandlerConstants.CORE_HANDLER, createHandler());
            }
        };
    }
}
