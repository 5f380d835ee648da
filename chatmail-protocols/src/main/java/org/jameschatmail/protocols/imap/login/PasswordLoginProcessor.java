package org.jameschatmail.protocols.imap.login;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import reactor.core.publisher.Mono;

/**
 * LOGIN. Replies as {@link PasswordLogin} says; LOGINDISABLED is listed while the connection must be encrypted first.
 * Thread-safe.
 */
public final class PasswordLoginProcessor extends AbstractMailboxProcessor<LoginRequest>
        implements CapabilityImplementingProcessor {
    private static final List<Capability> LOGIN_DISABLED = List.of(Capability.of("LOGINDISABLED"));

    private final PasswordLogin login;

    @Inject
    public PasswordLoginProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory,
            PasswordLogin login) {
        super(LoginRequest.class, mailboxManager, statusResponses, metricFactory);
        this.login = login;
    }

    @Override
    protected Mono<Void> processRequestReactive(LoginRequest request, ImapSession session, Responder responder) {
        return Mono.<Void>fromRunnable(
                        () -> login.attempt(request.getUserid(), request.getPassword(), request, session, responder))
                .subscribeOn(PasswordLogin.threads());
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return session.isPlainAuthDisallowed() ? LOGIN_DISABLED : List.of();
    }

    @Override
    protected MDCBuilder mdc(LoginRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "LOGIN");
    }
}
