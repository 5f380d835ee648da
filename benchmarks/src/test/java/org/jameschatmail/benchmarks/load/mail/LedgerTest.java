package org.jameschatmail.benchmarks.load.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void integrityShouldBeWholeWhenEachMessageIsFoundOnce() {
        ledger.expect("a", "1");
        ledger.expect("a", "2");
        ledger.found("a", List.of("2", "1"));

        assertThat(ledger.integrity()).isEqualTo(Integrity.WHOLE);
    }

    @Test
    void integrityShouldCountLostWhenMessageIsMissing() {
        ledger.expect("a", "1");
        ledger.expect("b", "2");
        ledger.found("a", List.of("1"));

        assertThat(ledger.integrity()).isEqualTo(new Integrity(1, 0, 0, 0));
    }

    @Test
    void integrityShouldCountDoubledWhenMessageIsFoundAgain() {
        ledger.expect("a", "1");
        ledger.found("a", List.of("1", "1", "1"));

        assertThat(ledger.integrity()).isEqualTo(new Integrity(0, 2, 0, 0));
    }

    @Test
    void integrityShouldCountForeignWhenMessageWasSentToAnother() {
        ledger.expect("a", "1");
        ledger.found("b", List.of("1"));

        assertThat(ledger.integrity()).isEqualTo(new Integrity(1, 0, 1, 0));
    }

    @Test
    void integrityShouldCountUnannouncedWhenRecipientTellsOfIt() {
        ledger.unannounced(3);

        assertThat(ledger.integrity()).isEqualTo(new Integrity(0, 0, 0, 3));
    }
}
