package org.jameschatmail.core.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SendRateTest {
    private static final String ALICE = "ac1_alice@example.org";
    private static final String BOB = "ac1_bob@example.org";

    /** Near the overflow of the nano clock, which may start anywhere. */
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());

    private final SendRate rate = new SendRate(60, 10, now::get);

    @Test
    void rateShouldPassBurstAndRefuseNextWhenAccountIsRested() {
        assertThat(acquired(ALICE, 100)).isEqualTo(10);
    }

    @Test
    void rateShouldCountEachAccountAlone() {
        acquired(ALICE, 100);
        assertThat(acquired(BOB, 100)).isEqualTo(10);
    }

    @Test
    void rateShouldPassOneEachSecondAfterBurst() {
        acquired(ALICE, 10);
        for (int i = 0; i < 20; i++) {
            advance(Duration.ofMillis(999));
            assertThat(acquired(ALICE, 5)).isZero();
            advance(Duration.ofMillis(1));
            assertThat(acquired(ALICE, 5)).isEqualTo(1);
        }
    }

    @Test
    void rateShouldRestoreBurstWhenAccountRests() {
        acquired(ALICE, 10);
        advance(Duration.ofSeconds(4));
        assertThat(acquired(ALICE, 100)).isEqualTo(4);
        advance(Duration.ofDays(400));
        assertThat(acquired(ALICE, 100)).isEqualTo(10);
    }

    @Test
    void rateShouldForgetAccountsWhenTheyRest() {
        for (int i = 0; i < 1000; i++) {
            rate.tryAcquire("ac" + i);
        }
        assertThat(rate.size()).isEqualTo(1000);
        advance(Duration.ofSeconds(10));
        rate.tryAcquire(ALICE);
        assertThat(rate.size()).isEqualTo(1);
    }

    @Test
    void rateShouldNotForgetAccountsThatOwe() {
        acquired(ALICE, 10);
        advance(Duration.ofMillis(9_999));
        acquired(ALICE, 9);
        advance(Duration.ofMillis(1));
        rate.tryAcquire(BOB);
        assertThat(acquired(ALICE, 100)).isEqualTo(1);
    }

    @Test
    void rateShouldPassExactlyTheBurstWhenThreadsRace() throws InterruptedException {
        AtomicInteger passed = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                passed.addAndGet(acquired(ALICE, 1000));
            });
            threads[i].start();
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(passed).hasValue(10);
    }

    @Test
    void rateShouldRefuseSettingsBelowOne() {
        assertThatThrownBy(() -> new SendRate(0, 10, now::get)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SendRate(60, 0, now::get)).isInstanceOf(IllegalArgumentException.class);
    }

    private int acquired(String account, int tries) {
        int acquired = 0;
        for (int i = 0; i < tries; i++) {
            acquired += rate.tryAcquire(account) ? 1 : 0;
        }
        return acquired;
    }

    private void advance(Duration duration) {
        now.addAndGet(duration.toNanos());
    }
}
