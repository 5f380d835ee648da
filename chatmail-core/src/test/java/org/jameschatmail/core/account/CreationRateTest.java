package org.jameschatmail.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jameschatmail.core.address.IpAddress;
import org.junit.jupiter.api.Test;

class CreationRateTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final CreationRate rate = new CreationRate(() -> 3, clock());

    @Test
    void rateShouldRefuseFourthAccountWithinAnHour() {
        assertThat(rate.waitBefore(client("192.0.2.1"))).isEmpty();
        pass(Duration.ofMinutes(10));
        assertThat(rate.waitBefore(client("192.0.2.1"))).isEmpty();
        assertThat(rate.waitBefore(client("192.0.2.1"))).isEmpty();

        assertThat(rate.waitBefore(client("192.0.2.1"))).contains(Duration.ofMinutes(50));
    }

    @Test
    void rateShouldAdmitAgainWhenOldestIsAnHourAgo() {
        rate.waitBefore(client("192.0.2.1"));
        pass(Duration.ofMinutes(30));
        rate.waitBefore(client("192.0.2.1"));
        rate.waitBefore(client("192.0.2.1"));
        pass(Duration.ofMinutes(30));

        assertThat(rate.waitBefore(client("192.0.2.1"))).isEmpty();
        assertThat(rate.waitBefore(client("192.0.2.1"))).contains(Duration.ofMinutes(30));
    }

    @Test
    void rateShouldCountNetworksApart() {
        for (int account = 0; account < 3; account++) {
            rate.waitBefore(client("2001:db8::" + account));
        }

        assertThat(rate.waitBefore(client("2001:db8::ffff"))).isPresent();
        assertThat(rate.waitBefore(client("2001:db8:0:1::1"))).isEmpty();
        assertThat(rate.waitBefore(client("192.0.2.1"))).isEmpty();
    }

    @Test
    void rateShouldBeOffWhenZero() {
        CreationRate off = new CreationRate(() -> 0, clock());

        for (int account = 0; account < 1000; account++) {
            assertThat(off.waitBefore(client("192.0.2.1"))).isEmpty();
        }
        assertThat(off.remembered()).isZero();
    }

    @Test
    void rateShouldForgetQuietestNetworksWhenFull() {
        CreationRate small = new CreationRate(() -> 3, 10, clock());
        for (int network = 0; network < 1000; network++) {
            small.waitBefore(client("10.0." + network / 250 + "." + network % 250));
            small.waitBefore(client("192.0.2.1"));
        }

        assertThat(small.remembered()).isEqualTo(10);
        assertThat(small.waitBefore(client("192.0.2.1"))).isPresent();
    }

    @Test
    void rateShouldHoldWhenAskedByManyThreads() throws Exception {
        CreationRate shared = new CreationRate(() -> 100, clock());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<Integer> ask = () -> {
            int admitted = 0;
            for (int account = 0; account < 100; account++) {
                admitted += shared.waitBefore(client("192.0.2.1")).isEmpty() ? 1 : 0;
            }
            return admitted;
        };

        int admitted = 0;
        for (Future<Integer> result : threads.invokeAll(List.of(ask, ask, ask, ask, ask, ask, ask, ask))) {
            admitted += result.get();
        }
        threads.shutdown();

        assertThat(admitted).isEqualTo(100);
    }

    private void pass(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    private static InetAddress client(String address) {
        return IpAddress.parse(address).orElseThrow();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }
}
