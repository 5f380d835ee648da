package org.jameschatmail.protocols.imap.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.IRAuthenticateRequest;
import org.apache.james.imap.message.response.AuthenticateResponse;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.apache.james.util.ReactorUtils;
import org.jameschatmail.protocols.imap.StatusReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * AUTHENTICATE PLAIN, with and without an initial response. Replies as {@link PasswordLogin} says. The client's answer
 * to {@code +} may end in CRLF or in a bare LF, its password is checked off the I/O thread, and the next line is a
 * command again before the reply is sent. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4959">RFC 4959</a>
 */
public final class PlainAuthenticateProcessor extends AbstractMailboxProcessor<AuthenticateRequest>
        implements CapabilityImplementingProcessor {
    private static final Logger LOGGER = LoggerFactory.getLogger(PlainAuthenticateProcessor.class);
    private static final Capability AUTH_PLAIN = Capability.of("AUTH=PLAIN");
    private static final Capability SASL_IR = Capability.of("SASL-IR");

    private final PasswordLogin login;

    @Inject
    public PlainAuthenticateProcessor(
            MailboxManager mailboxManager,
            StatusResponseFactory statusResponses,
            MetricFactory metricFactory,
            PasswordLogin login) {
        super(AuthenticateRequest.class, mailboxManager, statusResponses, metricFactory);
        this.login = login;
    }

    @Override
    public List<Class<? extends AuthenticateRequest>> acceptableClasses() {
        return List.of(AuthenticateRequest.class, IRAuthenticateRequest.class);
    }

    @Override
    protected void processRequest(AuthenticateRequest request, ImapSession session, Responder responder) {
        if (!"PLAIN".equalsIgnoreCase(request.getAuthType())) {
            responder.respond(StatusReply.no(request, "CANNOT", "Only PLAIN is known"));
        } else if (session.isPlainAuthDisallowed()) {
            responder.respond(StatusReply.no(request, "PRIVACYREQUIRED", "Log in after STARTTLS"));
        } else if (request instanceof IRAuthenticateRequest initial) {
            attempt(initial.getInitialClientResponse(), request, session, responder);
        } else {
            session.pushLineHandler((sameSession, line) -> {
                sameSession.popLineHandler();
                answer(line, request, sameSession, responder);
            });
            responder.respond(new AuthenticateResponse());
        }
    }

    private void answer(byte[] line, AuthenticateRequest request, ImapSession session, Responder responder) {
        String message = new String(line, US_ASCII).strip();
        Mono.fromRunnable(() -> {
                    if ("*".equals(message)) {
                        responder.respond(StatusReply.bad(request, "Cancelled"));
                    } else {
                        attempt(message, request, session, responder);
                    }
                    responder.flush();
                })
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER)
                .subscribe(done -> {}, e -> LOGGER.error("The reply to AUTHENTICATE was not sent", e));
    }

    private void attempt(String message, AuthenticateRequest request, ImapSession session, Responder responder) {
        PlainCredentials.parse(message)
                .ifPresentOrElse(
                        credentials -> login.attempt(
                                credentials.username(), credentials.password(), request, session, responder),
                        () -> login.refuse(request, session, responder));
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return session.isPlainAuthDisallowed() ? List.of() : List.of(AUTH_PLAIN, SASL_IR);
    }

    @Override
    protected MDCBuilder mdc(AuthenticateRequest request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "AUTHENTICATE");
    }
}
