package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.smtp.MailEnvelope;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MessageHook;
import org.jameschatmail.core.verdict.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Lines of DATA end with CR LF. A message with a bare LF is read to its end, which is a dot between two CR LF and
 * nothing else, thrown away, and answered 500: what comes behind is never taken for commands (SMTP smuggling). James
 * alone would answer in the middle and hang up, and a peer that is still sending would hear nothing and try again for
 * days. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-2.3.8">RFC 5321, section 2.3.8</a>
 */
public final class WholeLines implements DataLineFilter, MessageHook {
    private static final AttachmentKey<Boolean> BROKEN = AttachmentKey.of("chatmail.broken-line", Boolean.class);
    private static final AttachmentKey<Boolean> AFTER_BARE = AttachmentKey.of("chatmail.after-bare", Boolean.class);

    private final Refusals refusals;

    @Inject
    public WholeLines(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public @Nullable Response onLine(SMTPSession session, byte[] line, LineHandler<SMTPSession> next) {
        boolean bare = line.length < 2 || line[line.length - 2] != '\r';
        if (bare) {
            session.setAttachment(BROKEN, true, State.Transaction);
            session.setAttachment(AFTER_BARE, true, State.Transaction);
            return null;
        }
        boolean afterBare =
                session.removeAttachment(AFTER_BARE, State.Transaction).isPresent();
        boolean end = line.length == 3 && line[0] == '.' && !afterBare;
        return end || !isBroken(session) ? next.onLine(session, line) : null;
    }

    /** Asked after the final dot, before any other judgement. */
    @Override
    public HookResult onMessage(SMTPSession session, MailEnvelope mail) {
        return isBroken(session) ? refusals.answer(Reason.BARE_LINE_BREAK) : HookResult.DECLINED;
    }

    private static boolean isBroken(SMTPSession session) {
        return session.getAttachment(BROKEN, State.Transaction).isPresent();
    }
}
