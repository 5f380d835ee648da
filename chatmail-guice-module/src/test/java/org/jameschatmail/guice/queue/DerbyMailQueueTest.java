package org.jameschatmail.guice.queue;

import org.apache.james.queue.api.MailQueueName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DerbyMailQueueTest implements JdbcMailQueueContract {
    private QueueDatabase database;
    private JdbcMailQueue queue;

    @BeforeEach
    void openQueue() throws Exception {
        database = QueueDatabase.derbyInMemory();
        queue = database.newFactory().createQueue(MailQueueName.of("contract"));
    }

    @AfterEach
    void closeQueue() throws Exception {
        database.closeFactories();
        database.close();
    }

    @Override
    public JdbcMailQueue getManageableMailQueue() {
        return queue;
    }
}
