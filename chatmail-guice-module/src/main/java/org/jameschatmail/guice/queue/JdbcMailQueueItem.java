package org.jameschatmail.guice.queue;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.sql.SQLException;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.mailet.Mail;

/**
 * A mail in somebody's hands. An item that nobody holds any longer gives its lease back when the garbage collector
 * finds it, since then {@link #done} can't come any more.
 */
final class JdbcMailQueueItem implements MailQueueItem {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Mail mail;
    private final Lease lease;

    JdbcMailQueueItem(Mail mail, Lease lease) {
        this.mail = mail;
        this.lease = lease;
        CLEANER.register(this, lease::abandon);
    }

    @Override
    public Mail getMail() {
        return mail;
    }

    @Override
    public void done(CompletionStatus status) throws MailQueueException {
        try {
            switch (status) {
                case SUCCESS -> lease.succeed();
                case RETRY -> lease.retry();
                case REJECT -> lease.reject();
            }
        } catch (SQLException e) {
            throw new MailQueueException("The queue's database doesn't take the completion", e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }
}
