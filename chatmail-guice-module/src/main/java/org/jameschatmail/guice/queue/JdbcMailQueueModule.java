package org.jameschatmail.guice.queue;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.ManageableMailQueue;

/**
 * Queues mail in the database. Needs a {@link javax.sql.DataSource} and a {@link java.time.Clock}; the rest James binds
 * itself. James asks for the factory under three types.
 */
public final class JdbcMailQueueModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(JdbcMailQueueFactory.class).in(Scopes.SINGLETON);
    }

    @Provides
    @Singleton
    MailQueueFactory<? extends ManageableMailQueue> manageableFactory(JdbcMailQueueFactory factory) {
        return factory;
    }

    @Provides
    @Singleton
    MailQueueFactory<? extends MailQueue> factory(JdbcMailQueueFactory factory) {
        return factory;
    }

    @Provides
    @Singleton
    MailQueueFactory<?> anyFactory(JdbcMailQueueFactory factory) {
        return factory;
    }
}
