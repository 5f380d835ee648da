package org.jameschatmail.core.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenewalStateTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final RenewalState FULL = RenewalState.of("https://ca.example/dir any chat.example")
            .succeeded(ChallengeType.TLS_ALPN_01, NOW.plusSeconds(60))
            .advised(NOW.plusSeconds(50), NOW.plusSeconds(10))
            .without(Map.of("www.chat.example", NOW))
            .failed("chat.example: Fetching http://chat.example/: #1 = \\ ümlaut\n!", NOW.plusSeconds(5))
            .withOrder(Optional.of(URI.create("https://ca.example/order/1?a=b")));

    @Test
    void stateShouldComeBackFromItsText() {
        RenewalState read = RenewalState.parse(FULL.text()).orElseThrow();

        assertThat(read.trouble()).isEqualTo("chat.example: Fetching http://chat.example/: #1 = \\ ümlaut !");
        assertThat(RenewalState.parse(read.text())).contains(read);
        assertThat(read.withOrder(Optional.empty())).isNotEqualTo(read);
        assertThat(read.order()).isEqualTo(FULL.order());
        assertThat(read.leftOut()).isEqualTo(FULL.leftOut());
        assertThat(read.proven()).contains(ChallengeType.TLS_ALPN_01);
        assertThat(read.failures()).isEqualTo(1);
        assertThat(read.retryAt()).contains(NOW.plusSeconds(5));
        assertThat(read.renewAt()).contains(NOW.plusSeconds(50));
        assertThat(read.adviceAt()).contains(NOW.plusSeconds(10));
        assertThat(read.target()).isEqualTo(FULL.target());
        RenewalState empty = RenewalState.of("x");
        assertThat(RenewalState.parse(empty.text())).contains(empty);
    }

    @Test
    void failuresShouldEndWithASuccess() {
        RenewalState mended = FULL.failed("again", NOW).succeeded(ChallengeType.HTTP_01, NOW.plus(Duration.ofDays(60)));

        assertThat(FULL.failed("again", NOW).failures()).isEqualTo(2);
        assertThat(FULL.failed("again", NOW).order()).isEmpty();
        assertThat(mended.failures()).isZero();
        assertThat(mended.trouble()).isEmpty();
        assertThat(mended.retryAt()).isEmpty();
        assertThat(mended.adviceAt()).isEmpty();
        assertThat(mended.proven()).contains(ChallengeType.HTTP_01);
        assertThat(FULL.failed("x".repeat(5000), NOW).trouble()).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rubbish",
                "failures=1",
                "target=x\nfailures=-1",
                "target=x\nfailures=many",
                "target=x\nretry-at=soon",
                "target=x\norder=::",
                "target=x\nleft-out.a=b",
                "target=\\uZZZZ",
                "\0\0\0"
            })
    void textShouldBeRefusedWhenItIsRubbish(String text) {
        assertThat(RenewalState.parse(text)).isEmpty();
    }

    @Test
    void challengesShouldBeKnownByTheirWords() {
        assertThat(ChallengeType.named("http-01")).contains(ChallengeType.HTTP_01);
        assertThat(ChallengeType.named("dns-01")).isEmpty();
        assertThat(ChallengeType.TLS_ALPN_01.port()).isEqualTo(443);
    }
}
