package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.user.api.UsersRepository;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.protocols.session.ClientAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SMTP AUTH against the users repository, which makes an account on its first login. A wrong password is 535; when
 * the answer isn't known it is 454, so that no client takes a passing failure for a wrong password (RFC 4954,
 * section 6). Thread-safe.
 */
public final class LoginHook implements AuthHook {
    private static final Logger LOGGER = LoggerFactory.getLogger(LoginHook.class);

    private final UsersRepository users;
    private final Refusals refusals;

    @Inject
    public LoginHook(UsersRepository users, Refusals refusals) {
        this.refusals = refusals;
        this.users = users;
    }

    @Override
    public HookResult doAuth(SMTPSession session, Username username, String password) {
        try {
            boolean right =
                    ClientAddress.with(session.getRemoteAddress().getAddress(), () -> users.test(username, password));
            return right ? accept(session, username) : refusals.answer(Reason.WRONG_CREDENTIALS);
        } catch (Exception e) {
            LOGGER.error("A login couldn't be checked", e);
            return refusals.answer(Reason.LOGIN_UNDECIDED);
        }
    }

    private static HookResult accept(SMTPSession session, Username username) {
        session.setUsername(username);
        session.setRelayingAllowed(true);
        return HookResult.builder()
                .hookReturnCode(HookReturnCode.ok())
                .smtpReturnCode("235")
                .smtpDescription("2.7.0 Authentication successful")
                .build();
    }

    /** Nobody logs in on behalf of another. */
    @Override
    public HookResult doDelegation(SMTPSession session, Username target) {
        return refusals.answer(Reason.WRONG_CREDENTIALS);
    }

    @Override
    public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String initialResponse) {
        return refusals.answer(Reason.WRONG_CREDENTIALS);
    }
}
