package org.jameschatmail.guice.queue;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.mail.MessagingException;
import org.apache.james.queue.api.ManageableMailQueue.DefaultMailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueIterator;
import org.apache.mailet.Mail;

/**
 * Shows the mails that were in a queue when browsing began, in order, without those that have left it since and those
 * that can't be read. Holds no connection between two calls. Not thread-safe.
 */
final class QueueBrowser implements MailQueueIterator {
    private static final int PAGE = 16;

    /** Makes a mail of a row. */
    @FunctionalInterface
    interface MailReader {
        Mail read(StoredItem row) throws MessagingException;
    }

    private final QueueStore store;
    private final MailReader reader;
    private final Iterator<Position> positions;
    private final Deque<MailQueueItemView> page = new ArrayDeque<>(PAGE);

    QueueBrowser(QueueStore store, List<Position> positions, MailReader reader) {
        this.store = store;
        this.reader = reader;
        this.positions = positions.iterator();
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && positions.hasNext()) {
            readPage();
        }
        return !page.isEmpty();
    }

    @Override
    public MailQueueItemView next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    @Override
    public void close() {
        page.clear();
    }

    private void readPage() {
        List<String> ids = new ArrayList<>(PAGE);
        while (ids.size() < PAGE && positions.hasNext()) {
            ids.add(positions.next().id());
        }
        try {
            Map<String, StoredItem> rows = store.fetch(ids);
            ids.stream().map(rows::get).filter(row -> row != null).forEach(this::show);
        } catch (SQLException e) {
            throw new IllegalStateException("The queue's database can't be browsed", e);
        }
    }

    private void show(StoredItem row) {
        try {
            page.add(new DefaultMailQueueItemView(reader.read(row), MicrosecondClock.toDateTime(row.due())));
        } catch (MessagingException e) {
            // The dispatcher sets it aside when its turn comes, and says so.
        }
    }
}
