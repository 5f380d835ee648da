package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.jameschatmail.core.verdict.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of MAIL: those of DSN (RFC 3461) and SMTPUTF8 (RFC 6531), which EHLO doesn't list, are refused with
 * {@code 555 5.5.4}, as is a BODY other than 7BIT and 8BITMIME. James alone would ignore them, and the client would
 * count on what nobody does. At RCPT James refuses what it doesn't know by itself. Thread-safe.
 */
public final class OfferedParameters implements MailParametersHook {
    private static final String BODY = "BODY";

    private final Refusals refusals;

    @Inject
    public OfferedParameters(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {BODY, "RET", "ENVID", "SMTPUTF8"};
    }

    @Override
    public @Nullable HookResult doMailParameter(SMTPSession session, String name, String value) {
        boolean offered = name.equals(BODY) && (value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME"));
        return offered ? null : refusals.answer(Reason.PARAMETER_NOT_OFFERED);
    }
}
