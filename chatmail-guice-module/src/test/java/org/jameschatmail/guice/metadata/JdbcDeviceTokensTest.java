package org.jameschatmail.guice.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.jameschatmail.protocols.imap.metadata.AdvancingClock;
import org.jameschatmail.protocols.imap.metadata.DeviceTokens;
import org.jameschatmail.protocols.imap.metadata.DeviceTokensContract;
import org.junit.jupiter.api.Test;

class JdbcDeviceTokensTest implements DeviceTokensContract {
    private final AdvancingClock clock = new AdvancingClock();
    private final DataSource dataSource = DerbyDatabase.create();
    private final DeviceTokens subject = new JdbcDeviceTokens(dataSource, clock);

    @Override
    public DeviceTokens subject() {
        return subject;
    }

    @Override
    public AdvancingClock clock() {
        return clock;
    }

    @Test
    void storeShouldKeepTokensWhenItStartsAgain() {
        subject.add(ALICE, FIRST);

        assertThat(new JdbcDeviceTokens(dataSource, clock).list(ALICE)).containsExactly(FIRST);
    }
}
