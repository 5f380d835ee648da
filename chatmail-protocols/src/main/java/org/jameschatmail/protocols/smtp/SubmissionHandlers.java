package org.jameschatmail.protocols.smtp;

import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.lib.handler.HandlersPackage;

/**
 * The handlers of submission (465, 587), in the order in which they are asked.
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.jameschatmail.protocols.smtp.SubmissionHandlers"/>
 * }</pre>
 */
public final class SubmissionHandlers implements HandlersPackage {
    @Override
    public List<String> getHandlers() {
        Stream<Class<?>> rules = Stream.of(
                RequireTls.class,
                RequireLogin.class,
                SenderIsLogin.class,
                LimitSendRate.class,
                LimitRecipients.class,
                JudgeSubmission.class);
        return SmtpHandlers.with(Stream.of(TlsOnlyAuthHandler.class, LoginHook.class), rules);
    }
}
