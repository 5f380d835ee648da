package org.jameschatmail.benchmarks.load.scenario;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.ImapSession;
import org.jameschatmail.benchmarks.load.wire.SmtpSession;

/** Many accounts and sessions at once. */
final class Sessions {
    private static final int LOGINS_AT_ONCE = 8;

    private Sessions() {}

    /** Accounts that exist: each has logged in once. */
    static List<Account> accounts(Target target, int count) throws IOException, InterruptedException {
        List<Account> unused =
                Stream.generate(target::unusedAccount).limit(count).toList();
        return Crew.each(LOGINS_AT_ONCE, unused, account -> {
            ImapSession.open(target.imaps(), account).close();
            return account;
        });
    }

    static List<SmtpSession> submissions(Target target, List<Account> accounts)
            throws IOException, InterruptedException {
        return Crew.each(LOGINS_AT_ONCE, accounts, account -> SmtpSession.login(target.submissions(), account));
    }

    static List<ImapSession> mailboxes(Target target, List<Account> accounts) throws IOException, InterruptedException {
        return Crew.each(LOGINS_AT_ONCE, accounts, account -> ImapSession.open(target.imaps(), account));
    }

    /** As {@link #mailboxes}, compressed from the login on, as the Delta Chat core does it. */
    static List<ImapSession> compressedMailboxes(Target target, List<Account> accounts)
            throws IOException, InterruptedException {
        return Crew.each(LOGINS_AT_ONCE, accounts, account -> {
            ImapSession session = ImapSession.connect(target.imaps());
            session.login(account);
            session.compress();
            session.select();
            return session;
        });
    }

    static void close(List<? extends Closeable> sessions) throws IOException {
        for (Closeable session : sessions) {
            session.close();
        }
    }
}
