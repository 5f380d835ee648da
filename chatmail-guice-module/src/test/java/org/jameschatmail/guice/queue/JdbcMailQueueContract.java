package org.jameschatmail.guice.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.james.queue.api.DelayedManageableMailQueueContract;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.Mails;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** James' contracts for a queue with delays that can be managed. We differ in one: who sent a mail isn't kept. */
interface JdbcMailQueueContract extends DelayedManageableMailQueueContract {
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

        assertThat(firstMail().getRemoteAddr()).isEqualTo("127.0.0.1");
    }

    @Test
    @Override
    default void queueShouldPreserveRemoteHost() throws Exception {
        enQueue(Mails.defaultMail().name("mail").remoteHost("client.example").build());

        assertThat(firstMail().getRemoteHost()).isEqualTo("localhost");
    }

    private Mail firstMail() {
        MailQueueItem item = Flux.from(getMailQueue().deQueue()).blockFirst();
        return item.getMail();
    }
}
