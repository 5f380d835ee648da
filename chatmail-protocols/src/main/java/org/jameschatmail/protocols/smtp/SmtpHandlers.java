package org.jameschatmail.protocols.smtp;

import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.smtp.core.HeloCmdHandler;
import org.apache.james.protocols.smtp.core.HelpCmdHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.QuitCmdHandler;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.apache.james.protocols.smtp.core.UnknownCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;
import org.apache.james.smtpserver.JamesWelcomeMessageHandler;
import org.jameschatmail.protocols.smtp.reception.ReceiveMessage;

/**
 * What every SMTP port of ours has: James' core handlers, less those that write a Received header, tell the client's
 * address on, or open a relay.
 */
final class SmtpHandlers {
    private SmtpHandlers() {}

    /**
     * The handlers of one port.
     *
     * @param commands commands that this port alone has
     * @param rules hooks, in the order in which they are asked
     */
    static List<String> with(Stream<Class<?>> commands, Stream<Class<?>> rules) {
        Stream<Class<?>> dialogue = Stream.of(
                JamesWelcomeMessageHandler.class,
                PlainCommands.class,
                EhloCmdHandler.class,
                HeloCmdHandler.class,
                StartTlsCmdHandler.class,
                SenderCommand.class,
                LimitMessageSize.class,
                OfferedParameters.class,
                PlainRecipients.class,
                RecipientCommand.class,
                ReceiveMessage.class,
                RsetCmdHandler.class,
                NoopCmdHandler.class,
                VrfyHandler.class,
                HelpCmdHandler.class,
                QuitCmdHandler.class,
                UnknownCmdHandler.class);
        return Stream.of(dialogue, commands, rules, Stream.<Class<?>>of(TakeMessage.class))
                .flatMap(handlers -> handlers)
                .map(Class::getName)
                .toList();
    }
}
