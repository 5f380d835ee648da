package org.jameschatmail.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.jameschatmail.core.acme.RenewalState;
import org.junit.jupiter.api.Test;

class OrderReviewTest {
    private static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");
    private static final RenewalState NEW = RenewalState.of("target");

    private static OrderReview review(RenewalState state) {
        return new OrderReview(Optional.of(state), "ca.example");
    }

    @Test
    void orderShouldBeAnnouncedBeforeTheFirstStart() {
        assertThat(new OrderReview(Optional.empty(), "ca.example").ofNone())
                .isEqualTo(Finding.ok(Subject.CERTIFICATE, "the first start orders one from ca.example"));
    }

    @Test
    void standInShouldBeAFailureWhenTheOrderFailed() {
        Finding failed = review(NEW.failed("port 80 is closed", THEN)).ofStandIn();

        assertThat(failed.grade()).isEqualTo(Grade.FAIL);
        assertThat(failed.seen())
                .isEqualTo("none was given yet: port 80 is closed; the next attempt is at 2026-11-01T12:00:00Z");
        assertThat(failed.advice()).contains("port 80 or 443");
        assertThat(review(NEW).ofStandIn().grade()).isEqualTo(Grade.WARN);
    }

    @Test
    void renewalShouldBeMentionedWhenItFails() {
        assertThat(review(NEW).ofRenewal()).isEmpty();
        assertThat(review(NEW.failed("it said no", THEN))
                        .ofRenewal()
                        .orElseThrow()
                        .seen())
                .startsWith("another one wasn't given: it said no; ");
    }
}
