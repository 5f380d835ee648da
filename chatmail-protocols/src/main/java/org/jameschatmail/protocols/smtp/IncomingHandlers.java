package org.jameschatmail.protocols.smtp;

import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.lib.handler.HandlersPackage;

/**
 * The handlers of mail from other servers (25), in the order in which they are asked. There is no AUTH.
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.jameschatmail.protocols.smtp.IncomingHandlers"/>
 * }</pre>
 */
public final class IncomingHandlers implements HandlersPackage {
    @Override
    public List<String> getHandlers() {
        Stream<Class<?>> rules =
                Stream.of(RequireTls.class, LocalRecipientsOnly.class, LimitRecipients.class, JudgeIncoming.class);
        return SmtpHandlers.with(Stream.empty(), rules);
    }
}
