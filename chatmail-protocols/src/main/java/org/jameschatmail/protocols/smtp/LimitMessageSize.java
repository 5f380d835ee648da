package org.jameschatmail.protocols.smtp;

import java.util.List;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.protocols.smtp.hook.MessageHook;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.verdict.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The largest message: {@code 552} at MAIL when a larger SIZE is declared (RFC 1870), and after the final dot when a
 * larger one came; what is above the limit is read and thrown away. Thread-safe.
 */
public final class LimitMessageSize implements MailParametersHook, EhloExtension, DataLineFilter, MessageHook {
    private static final AttachmentKey<Long> RECEIVED = AttachmentKey.of("chatmail.received", Long.class);
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

    @Override
    public @Nullable Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        if (isEnd(line)) {
            return next.onLine(session, line);
        }
        long received = received(session) + line.length;
        session.setAttachment(RECEIVED, received, State.Transaction);
        return received > max ? null : next.onLine(session, line);
    }

    /** Asked after the final dot, before the message is judged. */
    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
        return received(session) > max ? refusals.answer(Reason.MESSAGE_TOO_LARGE) : HookResult.DECLINED;
    }

    private static long received(SMTPSession session) {
        return session.getAttachment(RECEIVED, State.Transaction).orElse(0L);
    }

    private static boolean isEnd(byte[] line) {
        return line.length == 3 && line[0] == '.' && line[1] == '\r' && line[2] == '\n';
    }
}
