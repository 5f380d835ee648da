package org.jameschatmail.protocols.smtp.reception;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ExtensibleHandler;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.AbstractHookableCmdHandler;
import org.apache.james.server.core.MailImpl;
import org.apache.james.smtpserver.JamesMessageHook;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.protocols.smtp.Refusals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DATA command: expects a message, and asks the {@link JamesMessageHook}s about it in their order until one decides.
 * A message that ends without a decision, or whose hook fails, is refused with 451. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.4">RFC 5321, section 4.1.1.4</a>
 */
public final class ReceiveMessage implements CommandHandler<SMTPSession>, ExtensibleHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReceiveMessage.class);
    private static final Response READY = reply("354", "Ok Send data ending with <CRLF>.<CRLF>");
    private static final Response NO_ARGUMENT = reply("501", "5.5.4 DATA takes no argument");
    private static final Response NO_SENDER = reply("503", "5.5.1 No sender specified");

    private final long maxSize;
    private final Refusals refusals;
    private List<JamesMessageHook> hooks = List.of();

    @Inject
    public ReceiveMessage(MessageConfiguration configuration, Refusals refusals) {
        this.maxSize = configuration.sizeMax();
        this.refusals = refusals;
    }

    private static Response reply(String code, String text) {
        return new SMTPResponse(code, text).immutable();
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("DATA");
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        return List.of(JamesMessageHook.class);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void wireExtensions(Class<?> marker, List<?> extensions) {
        hooks = List.copyOf((List<JamesMessageHook>) extensions);
    }

    @Override
    public Response onCommand(SMTPSession session, Request request) {
        String argument = request.getArgument();
        if (argument != null && !argument.isEmpty()) {
            return NO_ARGUMENT;
        }
        if (session.getAttachment(SMTPSession.SENDER, State.Transaction).isEmpty()) {
            return NO_SENDER;
        }
        if (recipients(session).isEmpty()) {
            return refusal(Reason.NO_RECIPIENT);
        }
        session.setAttachment(Reception.KEY, new Reception(maxSize, MemoryBudget.SHARED), State.Transaction);
        session.pushLineHandler((ended, dot) -> onEnd(session));
        return READY;
    }

    private static List<MailAddress> recipients(SMTPSession session) {
        return session.getAttachment(SMTPSession.RCPT_LIST, State.Transaction).orElse(List.of());
    }

    private Response onEnd(SMTPSession session) {
        Optional<Reception> awaited = session.removeAttachment(Reception.KEY, State.Transaction);
        session.popLineHandler();
        try (Reception reception = awaited.orElseThrow()) {
            return decide(session, reception);
        } catch (IOException | MessagingException | RuntimeException e) {
            LOGGER.error("A received message couldn't be handled", e);
            return refusal(Reason.LOCAL_TROUBLE);
        } finally {
            session.resetState();
        }
    }

    private Response decide(SMTPSession session, Reception reception) throws IOException, MessagingException {
        Optional<Reason> fault = reception.fault();
        if (fault.isPresent()) {
            return refusal(fault.get());
        }
        String name = MailImpl.getId();
        ReceivedMessage message = new ReceivedMessage(name, reception.content());
        message.attachTo(session);
        MailImpl mail = MailImpl.builder()
                .name(name)
                .sender(session.getAttachment(SMTPSession.SENDER, State.Transaction)
                        .orElse(MaybeSender.nullSender()))
                .addRecipients(recipients(session))
                .build();
        try {
            mail.setMessageContent(message);
            return ask(session, mail);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private Response ask(SMTPSession session, MailImpl mail) {
        return hooks.stream()
                .flatMap(hook -> Stream.ofNullable(
                        AbstractHookableCmdHandler.calcDefaultSMTPResponse(hook.onMessage(session, mail))))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No hook took the message or refused it"));
    }

    private Response refusal(Reason reason) {
        return AbstractHookableCmdHandler.calcDefaultSMTPResponse(refusals.answer(reason));
    }
}
