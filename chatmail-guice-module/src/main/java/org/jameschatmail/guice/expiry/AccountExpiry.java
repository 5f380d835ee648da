package org.jameschatmail.guice.expiry;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepositoryException;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.jameschatmail.core.expiry.LoginDay;
import org.jameschatmail.guice.account.ChatmailUsersRepository;
import org.jameschatmail.guice.account.LastLogins;
import org.jameschatmail.guice.account.LastLogins.Place;

/**
 * Removes accounts that nobody has used for long, with all that is theirs. The account itself goes first, so that nobody
 * can log in to what is being taken away; a removal that is interrupted is finished by the next visit, and a message that
 * came in that very moment goes with the visit after it. Thread-safe.
 */
@Singleton
final class AccountExpiry {
    private final ChatmailUsersRepository users;
    private final LastLogins logins;
    private final MailboxExpiry mailboxes;
    private final Duration retention;
    private final Clock clock;

    @Inject
    AccountExpiry(
            ChatmailUsersRepository users,
            LastLogins logins,
            MailboxExpiry mailboxes,
            RetentionConfiguration retention,
            Clock clock) {
        this.users = users;
        this.logins = logins;
        this.mailboxes = mailboxes;
        this.retention = retention.accounts();
        this.clock = clock;
    }

    void visit(Run run, Place place) throws Exception {
        run.visitedAccount();
        Username account = place.account();
        if (!users.contains(account)) {
            finish(run, place);
        } else if (isUnused(place.day())) {
            if (!run.removes()) {
                run.removedAccount();
            } else if (users.removeIf(account, () -> isUnused(account))) {
                run.removedAccount();
                removeLeftovers(run, account);
            }
        }
    }

    /** An account that is marked as removed exists again: it is as old as its next login, or as its next visit. */
    private boolean isUnused(LoginDay day) {
        return !day.equals(LastLogins.REMOVED) && day.isUnused(clock.instant(), retention);
    }

    private boolean isUnused(Username account) throws UsersRepositoryException {
        try {
            return logins.of(account).filter(this::isUnused).isPresent();
        } catch (SQLException e) {
            throw new UsersRepositoryException("The last login can't be read", e);
        }
    }

    private void finish(Run run, Place place) throws Exception {
        if (!run.removes()) {
            return;
        }
        removeLeftovers(run, place.account());
        if (place.day().equals(LastLogins.REMOVED)) {
            logins.forget(place.account());
        }
    }

    private void removeLeftovers(Run run, Username account) throws Exception {
        mailboxes.empty(run, account);
        run.work(() -> {
            users.removeLeftovers(account);
            return 1;
        });
    }
}
