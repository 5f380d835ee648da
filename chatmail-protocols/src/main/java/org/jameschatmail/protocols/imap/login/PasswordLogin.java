package org.jameschatmail.protocols.imap.login;

import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor.Responder;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.BadCredentialsException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.jameschatmail.core.concurrent.WaitingThread;
import org.jameschatmail.protocols.imap.StatusReply;
import org.jameschatmail.protocols.imap.capability.ChatmailCapabilityProcessor;
import org.jameschatmail.protocols.session.ClientAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Checks a password, sees to it that the account has its INBOX, and answers.
 *
 * <ul>
 *   <li>{@code OK [CAPABILITY ...]}: logged in.
 *   <li>{@code NO [AUTHENTICATIONFAILED]}: wrong password, or no account is made for it. Delta Chat asks its user for
 *       another password when it reads the word "authentication". After the third one the connection is closed.
 *   <li>{@code NO [UNAVAILABLE]}, without that word: a fault of ours that passes, such as a database out of reach.
 *   <li>{@code NO [PRIVACYREQUIRED]}: the connection isn't encrypted.
 * </ul>
 *
 * Blocks: is to run on {@link #threads}. Thread-safe; one session has one attempt at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5530#section-3">RFC 5530, section 3</a>
 */
public final class PasswordLogin {
    private static final Logger LOGGER = LoggerFactory.getLogger(PasswordLogin.class);
    private static final String FAILURES = "org.jameschatmail.protocols.imap.login.FAILURES";
    private static final int MAX_FAILURES = 3;
    /** At a time; more wait for their turn. Apart from those of commands, which hashing must not hold up. */
    private static final int THREADS = 10 * Runtime.getRuntime().availableProcessors();

    private static final int THREAD_SECONDS = 60;

    /** Of the process, as the threads of James that it stands for: listeners come and go. */
    private static final Scheduler LOGINS =
            Schedulers.newBoundedElastic(THREADS, Integer.MAX_VALUE, WaitingThread.factory("login"), THREAD_SECONDS);

    private final MailboxManager mailboxManager;
    private final StatusResponseFactory statusResponses;
    private final ChatmailCapabilityProcessor capabilities;

    @Inject
    public PasswordLogin(
            MailboxManager mailboxManager,
            StatusResponseFactory statusResponses,
            ChatmailCapabilityProcessor capabilities) {
        this.mailboxManager = mailboxManager;
        this.statusResponses = statusResponses;
        this.capabilities = capabilities;
    }

    /** Where attempts are made. */
    static Scheduler threads() {
        return LOGINS;
    }

    void attempt(Username username, String password, ImapRequest request, ImapSession session, Responder responder) {
        if (session.isPlainAuthDisallowed()) {
            responder.respond(StatusReply.no(request, "PRIVACYREQUIRED", "Log in after STARTTLS"));
            return;
        }
        try {
            MailboxSession mailboxSession = ClientAddress.with(
                    ClientAddressHandler.addressOf(session),
                    () -> mailboxManager.authenticate(username, password).withoutDelegation());
            provisionInbox(mailboxSession);
            session.authenticated();
            session.setMailboxSession(mailboxSession);
            responder.respond(StatusReply.ok(request, capabilities.responseCode(session), "Logged in"));
            session.stopDetectingCommandInjection();
        } catch (BadCredentialsException e) {
            refuse(request, session, responder);
        } catch (MailboxException | RuntimeException e) {
            LOGGER.error(
                    "A login failed for a reason of our own: {}", e.getClass().getName());
            LOGGER.debug("The login failed because of", e);
            responder.respond(StatusReply.no(request, "UNAVAILABLE", "The server has a passing problem, try again"));
        }
    }

    /** Answers a wrong password, or credentials that can't be an account's. */
    void refuse(ImapRequest request, ImapSession session, Responder responder) {
        int failures = session.getAttribute(FAILURES) instanceof Integer earlier ? earlier + 1 : 1;
        session.setAttribute(FAILURES, failures);
        responder.respond(StatusReply.no(request, "AUTHENTICATIONFAILED", "Authentication failed"));
        if (failures >= MAX_FAILURES) {
            responder.respond(statusResponses.bye(HumanReadableText.TOO_MANY_FAILURES));
            responder.flush();
            session.logout().block();
        }
    }

    /** Several first logins race: whoever comes second finds the mailbox of the first. */
    private void provisionInbox(MailboxSession session) throws MailboxException {
        MailboxPath inbox = MailboxPath.inbox(session);
        if (exists(inbox, session)) {
            return;
        }
        try {
            mailboxManager.createMailbox(inbox, MailboxManager.CreateOption.CREATE_SUBSCRIPTION, session);
        } catch (MailboxException | RuntimeException e) {
            if (!exists(inbox, session)) {
                throw e;
            }
        }
    }

    private boolean exists(MailboxPath path, MailboxSession session) throws MailboxException {
        return Boolean.TRUE.equals(
                Mono.from(mailboxManager.mailboxExists(path, session)).block());
    }
}
