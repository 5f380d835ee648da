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
import org.jameschatmail.protocols.imap.StatusReply;
import reactor.core.publisher.Mono;

/**
 * AUTHENTICATE PLAIN, with and without an initial response. Replies as {@link PasswordLogin} says. The client's answer
 * to {@code +} may end in CRLF or in a bare LF, its password is checked off the I/O thread, and no command is taken before
 * the reply is sent. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4959">RFC 4959</a>
 */
public final class PlainAuthenticateProcessor extends AbstractMailboxProcessor<AuthenticateRequest>
        implements CapabilityImplementingProcessor {
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
    protected Mono<Void> processRequestReactive(AuthenticateRequest request, ImapSession session, Responder responder) {
        if (!"PLAIN".equalsIgnoreCase(request.getAuthType())) {
            responder.respond(StatusReply.no(request, "CANNOT", "Only PLAIN is known"));
            return Mono.empty();
        }
        if (session.isPlainAuthDisallowed()) {
            responder.respond(StatusReply.no(request, "PRIVACYREQUIRED", "Log in after STARTTLS"));
            return Mono.empty();
        }
        return message(request, session, responder)
                .publishOn(PasswordLogin.threads())
                .flatMap(message -> Mono.fromRunnable(() -> answer(message, request, session, responder)));
    }

    /** The client's message: sent with the command, or asked for. */
    private static Mono<String> message(AuthenticateRequest request, ImapSession session, Responder responder) {
        if (request instanceof IRAuthenticateRequest initial) {
            return Mono.just(initial.getInitialClientResponse());
        }
        return Mono.create(sink -> {
            session.pushLineHandler((sameSession, line) -> {
                sameSession.popLineHandler();
                sink.success(new String(line, US_ASCII).strip());
            });
            responder.respond(new AuthenticateResponse());
            responder.flush();
        });
    }

    private void answer(String message, AuthenticateRequest request, ImapSession session, Responder responder) {
        if ("*".equals(message)) {
            responder.respond(StatusReply.bad(request, "Cancelled"));
        } else {
            attempt(message, request, session, responder);
        }
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
