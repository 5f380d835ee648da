package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.user.api.UsersRepositoryException;
import org.jameschatmail.core.verdict.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mail from other servers is for accounts of ours and nobody else: {@code 550 5.7.1} for another domain (no relaying),
 * {@code 550 5.1.1} for an unknown account, {@code 451} when that isn't known at the moment. Thread-safe.
 */
public final class LocalRecipientsOnly implements RcptHook {
    private static final Logger LOGGER = LoggerFactory.getLogger(LocalRecipientsOnly.class);

    private final LocalRecipients recipients;
    private final Refusals refusals;

    @Inject
    public LocalRecipientsOnly(LocalRecipients recipients, Refusals refusals) {
        this.refusals = refusals;
        this.recipients = recipients;
    }

    @Override
    public HookResult doRcpt(SMTPSession session, MaybeSender sender, MailAddress recipient) {
        try {
            return switch (recipients.whereabouts(recipient)) {
                case REMOTE -> refusals.answer(Reason.RELAYING_DENIED);
                case UNKNOWN -> refusals.answer(Reason.UNKNOWN_RECIPIENT);
                case LOCAL, REWRITTEN -> HookResult.DECLINED;
            };
        } catch (DomainListException | UsersRepositoryException e) {
            LOGGER.error("A recipient couldn't be checked", e);
            return refusals.answer(Reason.LOCAL_TROUBLE);
        }
    }
}
