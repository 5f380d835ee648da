package org.jameschatmail.guice.push;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.net.URI;
import org.apache.james.events.EventListener;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.jameschatmail.core.configuration.PushConfiguration;
import org.jameschatmail.guice.account.AccountData;

/** Notifications to a proxy. */
public final class PushModule extends AbstractModule {
    private final URI proxy;

    private PushModule(URI proxy) {
        this.proxy = proxy;
    }

    /** Notifications, if there is a proxy to send them to. */
    public static Module of(PushConfiguration configuration) {
        return configuration.url().<Module>map(PushModule::new).orElseGet(Off::new);
    }

    @Override
    protected void configure() {
        bind(PushQueue.class).to(JdbcPushQueue.class);
        bind(PushSender.class);
        Multibinder.newSetBinder(binder(), EventListener.GroupEventListener.class)
                .addBinding()
                .to(PushOnDelivery.class);
    }

    @Provides
    @Singleton
    NotificationProxy notificationProxy() {
        return new NotificationProxy(proxy);
    }

    @ProvidesIntoSet
    AccountData queuedNotifications(JdbcPushQueue queue) {
        return queue::removeAll;
    }

    @ProvidesIntoSet
    InitializationOperation startSending(PushSender sender) {
        return InitilizationOperationBuilder.forClass(PushSender.class).init(sender::start);
    }

    /** No proxy, no notifications. */
    private static final class Off extends AbstractModule {
        @Override
        protected void configure() {
            bind(PushQueue.class).toInstance(PushQueue.OFF);
        }
    }
}
