package org.jameschatmail.guice.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import javax.inject.Singleton;
import org.apache.james.modules.server.TaskSerializationModule;
import org.apache.james.task.Hostname;
import org.apache.james.task.MemoryTaskManager;
import org.apache.james.task.TaskManager;
import org.jameschatmail.core.configuration.ChatmailConfiguration;

/**
 * James' tasks in memory, under the hostname of the configuration: James' own module asks for the address of the machine's
 * name, and doesn't start where the name service has none.
 */
final class TaskModule extends AbstractModule {
    @Override
    protected void configure() {
        install(new TaskSerializationModule());
        bind(MemoryTaskManager.class).in(Scopes.SINGLETON);
        bind(TaskManager.class).to(MemoryTaskManager.class);
    }

    @Provides
    @Singleton
    Hostname hostname(ChatmailConfiguration configuration) {
        return new Hostname(configuration.relay().hostname().text());
    }
}
