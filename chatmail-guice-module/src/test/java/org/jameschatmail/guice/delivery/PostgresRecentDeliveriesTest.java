package org.jameschatmail.guice.delivery;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresRecentDeliveriesTest implements RecentDeliveriesContract {
    @RegisterExtension
    final DeliveryDatabase database = DeliveryDatabase.postgres();

    @Override
    public DeliveryDatabase database() {
        return database;
    }
}
