package org.jameschatmail.mailet;

import java.util.Collection;
import java.util.List;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A matcher that answers for the whole mail: all of its recipients match or none. It never throws and never returns
 * null: where it can't know, it gives the answer that refuses, so that {@code onMatchException} is never asked.
 */
abstract class MailPredicate extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailPredicate.class);

    private final boolean answerWhenUnsure;

    MailPredicate(boolean answerWhenUnsure) {
        this.answerWhenUnsure = answerWhenUnsure;
    }

    @Override
    public final Collection<MailAddress> match(Mail mail) {
        return holds(mail) ? List.copyOf(mail.getRecipients()) : List.of();
    }

    abstract boolean test(Mail mail) throws Exception;

    /** Catches just what James would hand to {@code onMatchException}; other errors let no mail pass there. */
    private boolean holds(Mail mail) {
        try {
            return test(mail);
        } catch (Exception | NoClassDefFoundError e) {
            LOGGER.warn(
                    "{} can't judge a mail and answers {}: {}",
                    getClass().getSimpleName(),
                    answerWhenUnsure,
                    e.getClass().getName());
            LOGGER.debug("{}", mail.getName(), e);
            return answerWhenUnsure;
        }
    }
}
