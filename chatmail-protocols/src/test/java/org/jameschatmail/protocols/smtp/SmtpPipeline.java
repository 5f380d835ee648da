package org.jameschatmail.protocols.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.metrics.api.TimeMetric;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerChainImpl;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.netty.HandlerConstants;
import org.apache.james.protocols.netty.NettyProtocolTransport;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.smtpserver.ExtendedSMTPSession;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.james.smtpserver.netty.SMTPChannelInboundHandler;
import org.apache.james.smtpserver.netty.SmtpMetricsImpl;
import org.apache.mailet.Mail;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.configuration.SendConfiguration;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;
import org.jameschatmail.protocols.smtp.reception.SmtpFrameDecoder;

/**
 * A port's line decoder and all of its handlers, as the server has them, without network, TLS and spool: what is
 * accepted is kept. Each connection starts after the greeting.
 */
final class SmtpPipeline {
    /** What a connection came to: the replies, and the messages that were acknowledged. */
    record Outcome(String replies, List<byte[]> messages) {}

    static final String ALICE = MemoryAccounts.ALICE;
    static final String BOB = MemoryAccounts.BOB;
    static final String PASSWORD = MemoryAccounts.PASSWORD;

    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 49_152);

    private final ProtocolHandlerChainImpl handlerChain = new ProtocolHandlerChainImpl();
    private final RecordingMetricFactory metrics = new RecordingMetricFactory() {
        /** Keeps no times: there are a great many. */
        @Override
        public TimeMetric timer(String name) {
            return new RecordingMetricFactory().timer(name);
        }
    };
    private final List<byte[]> messages = new ArrayList<>();

    /** @param port whose handlers; the last of them, which puts messages into the spool, is ours */
    static SmtpPipeline of(HandlersPackage port) {
        try {
            return new SmtpPipeline(port);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private SmtpPipeline(HandlersPackage port) throws Exception {
        MemoryAccounts accounts = new MemoryAccounts();
        List<Object> parts = List.of(
                metrics,
                accounts.domains,
                accounts.users,
                accounts.recipients,
                accounts.rules(),
                new Refusals(metrics),
                MessageConfiguration.DEFAULT,
                new SendConfiguration(0, 0),
                MemoryAccounts.UNSIGNED,
                accounts.signatures);
        List<String> handlers = port.getHandlers();
        for (String handler : handlers.subList(0, handlers.size() - 1)) {
            handlerChain.add(load(handler, parts));
        }
        handlerChain.add(new Keep());
        handlerChain.wireExtensibleHandlers();
    }

    private static ProtocolHandler load(String name, List<Object> parts) throws ReflectiveOperationException {
        Constructor<?>[] constructors = Class.forName(name).getConstructors();
        Constructor<?> constructor = Arrays.stream(constructors)
                .filter(it -> constructors.length == 1 || it.getParameterCount() == 0)
                .findFirst()
                .orElseThrow();
        Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                .map(type -> parts.stream().filter(type::isInstance).findFirst().orElseThrow())
                .toArray();
        return (ProtocolHandler) constructor.newInstance(arguments);
    }

    /** Plays a connection whose octets come in these pieces, and then its end. */
    Outcome play(Stream<byte[]> pieces) {
        messages.clear();
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return CLIENT;
            }
        };
        Sessions sessions = new Sessions();
        channel.pipeline()
                .addLast(HandlerConstants.CORE_HANDLER, sessions)
                .addFirst(HandlerConstants.FRAMER, new SmtpFrameDecoder());
        channel.pipeline().fireChannelActive();
        drain(channel);
        pieces.filter(piece -> channel.isActive())
                .forEach(piece -> channel.writeInbound(Unpooled.wrappedBuffer(piece)));
        String replies = drain(channel);
        channel.finishAndReleaseAll();
        return new Outcome(replies, List.copyOf(messages));
    }

    private static String drain(EmbeddedChannel channel) {
        channel.runPendingTasks();
        StringBuilder replies = new StringBuilder();
        for (ByteBuf reply = channel.readOutbound(); reply != null; reply = channel.readOutbound()) {
            replies.append(reply.toString(StandardCharsets.ISO_8859_1));
            reply.release();
        }
        return replies.toString();
    }

    /** James' handler on a connection that has TLS. */
    private final class Sessions extends SMTPChannelInboundHandler {
        Sessions() {
            super(new SMTPProtocol(handlerChain, new SMTPConfigurationImpl()), new SmtpMetricsImpl(metrics));
        }

        @Override
        protected ProtocolSession createSession(ChannelHandlerContext context) {
            return new ExtendedSMTPSession(
                    new SMTPConfigurationImpl(), new NettyProtocolTransport(context.channel(), null, false) {
                        @Override
                        public boolean isTLSStarted() {
                            return true;
                        }
                    });
        }
    }

    private final class Keep implements JamesMessageHook {
        @Override
        public HookResult onMessage(SMTPSession session, Mail mail) {
            try (InputStream message = ReceivedMessage.of(session).getInputStream()) {
                messages.add(message.readAllBytes());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return HookResult.builder()
                    .hookReturnCode(HookReturnCode.ok())
                    .smtpDescription("2.6.0 Message received")
                    .build();
        }
    }
}
