package org.jameschatmail.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.mailet.Mails.fixture;
import static org.jameschatmail.mailet.Mails.mail;
import static org.jameschatmail.mailet.Mails.started;
import static org.jameschatmail.mailet.Mails.withLogin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExceedsSendRateTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private ExceedsSendRate matcher;

    @BeforeEach
    void setUp() throws Exception {
        matcher = started(new ExceedsSendRate(nanoTime::get), "60, 3");
    }

    private static MailImpl from(String login) throws MessagingException {
        return withLogin(mail(fixture("cleartext")), login);
    }

    @Test
    void matcherShouldMatchWhenTheBurstIsSpent() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(matcher.match(from("ac1_alice@example.org"))).isEmpty();
        }

        assertThat(matcher.match(from("AC1_alice@example.org"))).hasSize(2);
    }

    @Test
    void matcherShouldMatchNobodyWhenAMailsTimeHasPassed() throws Exception {
        matcherShouldMatchWhenTheBurstIsSpent();
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(matcher.match(from("ac1_alice@example.org"))).isEmpty();
        assertThat(matcher.match(from("ac1_alice@example.org"))).hasSize(2);
    }

    @Test
    void accountsShouldCountForThemselves() throws Exception {
        matcherShouldMatchWhenTheBurstIsSpent();

        assertThat(matcher.match(from("ac1_bob@example.org"))).isEmpty();
    }

    @Test
    void mailsWithoutLoginAndSenderShouldBeOneAccount() throws Exception {
        MailImpl mail = mail(fixture("bounce"));
        mail.setSender(null);
        for (int i = 0; i < 3; i++) {
            assertThat(matcher.match(mail)).isEmpty();
        }

        assertThat(matcher.match(mail)).hasSize(2);
    }

    @Test
    void matcherShouldMatchWhenTheClockFails() throws Exception {
        nanoTime.set(0);
        boolean[] broken = new boolean[1];
        ExceedsSendRate failing = started(
                new ExceedsSendRate(() -> {
                    if (broken[0]) {
                        throw new IllegalStateException("clock");
                    }
                    return 0;
                }),
                "60,10");
        assertThat(failing.match(from("ac1_alice@example.org"))).isEmpty();
        broken[0] = true;

        assertThat(failing.match(from("ac1_alice@example.org"))).hasSize(2);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "60", "60,10,1", "sixty,ten", "-1,10", "0.5,1"})
    void initShouldThrowWhenConditionIsNotTwoNumbers(String condition) {
        assertThatThrownBy(() -> started(new ExceedsSendRate(), condition))
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith("ExceedsSendRate needs two numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,10", "60,0", "1000001,1", "1,9999999"})
    void initShouldThrowWhenANumberIsOutOfBounds(String condition) {
        assertThatThrownBy(() -> started(new ExceedsSendRate(), condition))
                .isInstanceOf(MessagingException.class)
                .hasMessage("ExceedsSendRate takes numbers from 1 to 1000000");
    }
}
