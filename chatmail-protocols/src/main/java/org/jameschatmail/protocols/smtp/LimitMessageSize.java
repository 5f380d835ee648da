package org.jameschatmail.protocols.smtp;

import java.util.List;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.verdict.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The largest message: {@code 552} at MAIL when a larger SIZE is declared (RFC 1870). One that is larger than it was
 * declared is refused by {@link org.jameschatmail.protocols.smtp.reception.ReceiveMessage}. Thread-safe.
 */
public final class LimitMessageSize implements MailParametersHook, EhloExtension {
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

    private final long max;
    private final Refusals refusals;

    @Inject
    public LimitMessageSize(MessageConfiguration configuration, Refusals refusals) {
        this.refusals = refusals;
        this.max = configuration.sizeMax();
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of("SIZE " + max);
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {"SIZE"};
    }

    @Override
    public @Nullable HookResult doMailParameter(SMTPSession session, String name, String value) {
        if (!SIZE.matcher(value).matches()) {
            return refusals.answer(Reason.MALFORMED_SIZE);
        }
        return Long.parseLong(value) > max ? refusals.answer(Reason.MESSAGE_TOO_LARGE) : null;
    }
}
