package org.jameschatmail.guice.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.james.queue.api.DelayedMailQueueContract;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.queue.api.Mails;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueIterator;
import org.apache.james.queue.api.ManageableMailQueue.Type;
import org.apache.james.queue.api.ManageableMailQueueContract;
import org.apache.mailet.Mail;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/**
 * James' contracts for a queue with delays and for one that can be managed, and what holds for the two together. We
 * differ in one thing: where a mail was sent from isn't kept.
 */
interface JdbcMailQueueContract extends DelayedMailQueueContract, ManageableMailQueueContract {
    Duration HOUR = Duration.ofHours(1);
    Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    JdbcMailQueue getManageableMailQueue();

    @Override
    default MailQueue getMailQueue() {
        return getManageableMailQueue();
    }

    @Test
    @Override
    default void queueShouldPreserveRemoteAddress() throws Exception {
        enQueue(Mails.defaultMail().name("mail").remoteAddr("192.0.2.7").build());

        assertThat(takeOne().getMail().getRemoteAddr()).isEqualTo("127.0.0.1");
    }

    @Test
    @Override
    default void queueShouldPreserveRemoteHost() throws Exception {
        enQueue(Mails.defaultMail().name("mail").remoteHost("client.example").build());

        assertThat(takeOne().getMail().getRemoteHost()).isEqualTo("localhost");
    }

    @Test
    default void browseShouldShowDelayedMailsInOrderOfDueTime() throws Exception {
        enQueue("last", HOUR);
        enQueue("middle", HOUR.dividedBy(2));
        enQueue("first", Duration.ZERO);

        assertThat(browsed()).containsExactly("first", "middle", "last");
        assertThat(getManageableMailQueue().getSize()).isEqualTo(3);
    }

    @Test
    default void deQueueShouldGiveMailsInOrderOfDueTime() throws Exception {
        enQueue("last", Duration.ofMillis(600));
        enQueue("middle", Duration.ofMillis(300));
        enQueue("first", Duration.ZERO);

        assertThat(namesOf(take(3))).containsExactly("first", "middle", "last");
    }

    @Test
    default void clearShouldRemoveDelayedMails() throws Exception {
        enQueue("now", Duration.ZERO);
        enQueue("later", HOUR);

        assertThat(getManageableMailQueue().clear()).isEqualTo(2);
        assertThat(getManageableMailQueue().getSize()).isZero();
    }

    @Test
    default void clearShouldLeaveMailsInTheHandsOfReaders() throws Exception {
        enQueue("held", Duration.ZERO);
        MailQueueItem held = takeOne();
        enQueue("waiting", HOUR);

        assertThat(getManageableMailQueue().clear()).isEqualTo(1);
        held.done(CompletionStatus.RETRY);

        assertThat(takeOne().getMail().getName()).isEqualTo("held");
    }

    @Test
    default void removeShouldKeepDelayedMailsFromBeingDelivered() throws Exception {
        enQueue("unwanted", Duration.ofMillis(200));
        enQueue("wanted", Duration.ofMillis(400));

        assertThat(getManageableMailQueue().remove(Type.Name, "unwanted")).isEqualTo(1);

        assertThat(takeOne().getMail().getName()).isEqualTo("wanted");
    }

    @Test
    default void flushShouldMakeDelayedMailsDueInOrderOfArrival() throws Exception {
        enQueue("1", Duration.ZERO);
        enQueue("2", HOUR);
        enQueue("3", HOUR.dividedBy(2));

        assertThat(getManageableMailQueue().flush()).isEqualTo(2);

        assertThat(browsed()).containsExactly("1", "2", "3");
        assertThat(namesOf(take(3))).containsExactly("1", "2", "3");
    }

    @Test
    default void flushShouldWakeReadersThatWait() throws Exception {
        enQueue("later", HOUR);
        List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        Flux.from(getMailQueue().deQueue())
                .subscribe(item -> delivered.add(item.getMail().getName()));

        getManageableMailQueue().flush();

        Awaitility.await().atMost(PATIENCE).until(() -> delivered.contains("later"));
    }

    private void enQueue(String name, Duration delay) throws Exception {
        getMailQueue().enQueue(Mails.defaultMail().name(name).build(), delay);
    }

    private MailQueueItem takeOne() {
        return take(1).get(0);
    }

    private List<MailQueueItem> take(int count) {
        return Flux.from(getMailQueue().deQueue()).take(count).collectList().block(PATIENCE);
    }

    private static List<String> namesOf(List<MailQueueItem> items) {
        return items.stream().map(MailQueueItem::getMail).map(Mail::getName).toList();
    }

    private List<String> browsed() throws Exception {
        List<String> names = new ArrayList<>();
        MailQueueIterator views = getManageableMailQueue().browse();
        views.forEachRemaining(view -> names.add(view.getMail().getName()));
        views.close();
        return names;
    }
}
