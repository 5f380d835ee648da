package org.jameschatmail.guice.expiry;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.expiry.WalkPosition;
import org.jameschatmail.core.expiry.WalkPosition.Stretch;
import org.jameschatmail.guice.account.LastLogins;
import org.jameschatmail.guice.account.LastLogins.Place;
import org.jameschatmail.guice.database.Upkeep;
import org.jameschatmail.guice.mailbox.MailboxPlace;
import org.jameschatmail.guice.mailbox.OldMessages;

/**
 * Visits everything once a day, spread evenly over it: mailboxes, then accounts, each in the order of places that are as
 * good as random; and what nobody owns. Where a visit fails, the next day's tries again. One thread at a time.
 */
@Singleton
final class Expiry {
    private static final int PLACES_AT_ONCE = 100;
    private static final String MAILBOXES = "mailboxes";
    private static final String ACCOUNTS = "accounts";
    private static final String LEFTOVERS = "leftovers";
    private static final int DAY_MILLIS = 86_400_000;

    private final OldMessages messages;
    private final LastLogins logins;
    private final MailboxExpiry mailboxExpiry;
    private final AccountExpiry accountExpiry;
    private final Leftovers leftovers;
    private final Upkeep upkeep;
    private final Walks walks;
    private final long offset;
    private final Clock clock;

    @Inject
    Expiry(
            OldMessages messages,
            LastLogins logins,
            MailboxExpiry mailboxExpiry,
            AccountExpiry accountExpiry,
            Leftovers leftovers,
            Upkeep upkeep,
            Walks walks,
            ChatmailConfiguration configuration,
            Clock clock) {
        this.messages = messages;
        this.logins = logins;
        this.mailboxExpiry = mailboxExpiry;
        this.accountExpiry = accountExpiry;
        this.leftovers = leftovers;
        this.upkeep = upkeep;
        this.walks = walks;
        this.offset = Math.floorMod(configuration.relay().domain().text().hashCode(), DAY_MILLIS);
        this.clock = clock;
    }

    /** Visits what ought to have been visited by now; at most everything once. */
    void catchUp(Run run) throws Exception {
        catchUp(run, MAILBOXES, this::visitMailboxes);
        catchUp(run, ACCOUNTS, this::visitAccounts);
        catchUp(run, LEFTOVERS, (any, stretch, reached) -> {
            if (stretch.after() == WalkPosition.START) {
                leftovers.remove(any);
                keepUp(any);
            }
        });
    }

    /** Visits everything now, whatever the walks have visited. */
    void visitAll(Run run) throws Exception {
        logins.write();
        leftovers.remove(run);
        visitMailboxes(run, Stretch.whole(), place -> {});
        visitAccounts(run, Stretch.whole(), place -> {});
        if (run.removes()) {
            keepUp(run);
        }
    }

    private void keepUp(Run run) throws Exception {
        upkeep.run(step -> run.work(() -> {
            step.run();
            return 0;
        }));
    }

    /** By how much the walks are late, in milliseconds; those that never began aren't. */
    long millisBehind() throws SQLException {
        WalkPosition target = WalkPosition.at(clock.instant(), offset);
        long behind = 0;
        for (String name : List.of(MAILBOXES, ACCOUNTS)) {
            Optional<WalkPosition> position = walks.read(name);
            behind = Math.max(
                    behind,
                    position.map(reached -> reached.millisBehind(target)).orElse(0L));
        }
        return behind;
    }

    /** Is told how far a walk has come. */
    @FunctionalInterface
    private interface Reached {
        void place(long place) throws SQLException;
    }

    /** Visits what lies in a stretch. */
    @FunctionalInterface
    private interface Visitor {
        void visit(Run run, Stretch stretch, Reached reached) throws Exception;
    }

    private void catchUp(Run run, String name, Visitor visitor) throws Exception {
        WalkPosition target = WalkPosition.at(clock.instant(), offset);
        Optional<WalkPosition> position = walks.read(name);
        if (position.isEmpty()) {
            walks.write(name, target);
            return;
        }
        for (Stretch stretch : position.get().to(target)) {
            visitor.visit(run, stretch, place -> walks.write(name, stretch.reached(place)));
            walks.write(name, stretch.reached(stretch.upTo()));
        }
    }

    private void visitMailboxes(Run run, Stretch stretch, Reached reached) throws Exception {
        long after = stretch.after();
        List<MailboxPlace> places = messages.mailboxes(after, stretch.upTo(), PLACES_AT_ONCE);
        while (!places.isEmpty()) {
            for (MailboxPlace mailbox : places) {
                run.visit(() -> mailboxExpiry.visit(run, mailbox));
            }
            after = places.get(places.size() - 1).place();
            reached.place(after);
            places = messages.mailboxes(after, stretch.upTo(), PLACES_AT_ONCE);
        }
    }

    private void visitAccounts(Run run, Stretch stretch, Reached reached) throws Exception {
        long after = stretch.after();
        List<Place> places = logins.places(after, stretch.upTo(), PLACES_AT_ONCE);
        while (!places.isEmpty()) {
            for (Place account : places) {
                run.visit(() -> accountExpiry.visit(run, account));
            }
            after = places.get(places.size() - 1).place();
            reached.place(after);
            places = logins.places(after, stretch.upTo(), PLACES_AT_ONCE);
        }
    }
}
