package org.jameschatmail.guice.queue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.james.queue.api.MailQueueName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresMailQueueTest implements JdbcMailQueueContract {
    private static EmbeddedPostgres postgres;

    private QueueDatabase database;
    private JdbcMailQueue queue;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void openQueue() throws Exception {
        database = QueueDatabase.of(postgres.getJdbcUrl("postgres", "postgres"));
        JdbcMailQueueFactory factory = database.newFactory();
        database.emptyTables();
        queue = factory.createQueue(MailQueueName.of("contract"));
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
