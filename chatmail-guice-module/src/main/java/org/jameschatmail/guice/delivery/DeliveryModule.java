package org.jameschatmail.guice.delivery;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Provides;
import javax.inject.Singleton;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.metric.MessageLatencies;
import org.jameschatmail.protocols.smtp.MessageAcceptance;

/** Who takes over a message that has passed its gate. */
public final class DeliveryModule extends AbstractModule {
    private final Class<? extends MessageAcceptance> acceptance;

    private DeliveryModule(Class<? extends MessageAcceptance> acceptance) {
        this.acceptance = acceptance;
    }

    /** Into the mailboxes at once. Needs the JDBC mailbox store. */
    public static DeliveryModule direct() {
        return new DeliveryModule(DirectDelivery.class);
    }

    /** By way of the spool, with any mailbox store. */
    public static DeliveryModule spool() {
        return new DeliveryModule(Spool.class);
    }

    @Provides
    @Singleton
    MessageAcceptance acceptance(Injector injector, MetricFactory metrics, MessageLatencies latencies) {
        return new CountedAcceptance(injector.getInstance(acceptance), metrics, latencies);
    }
}
