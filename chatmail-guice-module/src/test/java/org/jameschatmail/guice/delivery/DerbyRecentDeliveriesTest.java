package org.jameschatmail.guice.delivery;

import org.junit.jupiter.api.extension.RegisterExtension;

class DerbyRecentDeliveriesTest implements RecentDeliveriesContract {
    @RegisterExtension
    final DeliveryDatabase database = DeliveryDatabase.derby();

    @Override
    public DeliveryDatabase database() {
        return database;
    }
}
