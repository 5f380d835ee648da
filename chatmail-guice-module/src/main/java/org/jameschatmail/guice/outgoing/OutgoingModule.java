package org.jameschatmail.guice.outgoing;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.DeliveryConfiguration;
import org.jameschatmail.core.dkim.MessageSigner;
import org.jameschatmail.core.outgoing.RetrySchedule;
import org.jameschatmail.guice.account.AccountData;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.guice.transport.Courier;
import org.jameschatmail.guice.transport.ServerCourier;
import org.jameschatmail.web.queue.OutgoingMessages;
import org.jameschatmail.web.queue.OutgoingRoutes;

/** Mail to other servers: the queue, who empties it, and what an administrator sees of it. */
public final class OutgoingModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(OutgoingQueue.class);
        bind(Delivery.class);
        bind(Dispatcher.class);
        bind(OutgoingMessages.class).to(QueueView.class);
        Multibinder.newSetBinder(binder(), Routes.class).addBinding().to(OutgoingRoutes.class);
    }

    @Provides
    @Singleton
    RetrySchedule retrySchedule(DeliveryConfiguration delivery) {
        return new RetrySchedule(delivery.retryFirst(), delivery.lifetime());
    }

    @Provides
    @Singleton
    CurrentSigner currentSigner(
            ChatmailConfiguration configuration, ServerDirectories directories, SecureRandom random, Clock clock)
            throws IOException {
        return new CurrentSigner(configuration.relay().domain(), directories.data(), random, clock);
    }

    @Provides
    Supplier<MessageSigner> messageSigner(CurrentSigner signer) {
        return signer;
    }

    @Provides
    @Singleton
    Courier courier(ChatmailConfiguration configuration, MetricFactory metrics, Clock clock) {
        String ourName = configuration.relay().hostname().text();
        return new ServerCourier(configuration.delivery(), ourName, metrics, clock);
    }

    @ProvidesIntoSet
    AccountData queuedMessages(OutgoingQueue queue) {
        return owner -> queue.removeAll(owner.asString());
    }

    @ProvidesIntoSet
    InitializationOperation startSending(Dispatcher dispatcher) {
        return InitilizationOperationBuilder.forClass(Dispatcher.class).init(dispatcher::start);
    }
}
