package org.jameschatmail.protocols.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.protocols.imap.metadata.AdvancingClock;
import org.junit.jupiter.api.Test;

class DkimKeysTest {
    private static final DkimKey KEY =
            DkimKey.parse(Signer.ed25519("example.org", "a").record()).orElseThrow();
    private static final Deadline SOON = Deadline.in(Duration.ofMinutes(1));

    private final AdvancingClock clock = new AdvancingClock();
    private KeyAnswer answer = found(Duration.ofHours(1));
    private final DkimKeys keys = new DkimKeys((name, deadline) -> answer, clock);

    @Test
    void keysShouldBeRememberedAsLongAsTheirRecordLives() {
        assertThat(keys.lookUp("a", SOON)).isEqualTo(answer);
        clock.advance(Duration.ofMinutes(59));
        assertThat(keys.remembered("a")).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(keys.remembered("a")).isEmpty();
    }

    @Test
    void keysShouldBeRememberedForAMinuteAtLeast() {
        answer = found(Duration.ZERO);
        keys.lookUp("a", SOON);
        clock.advance(Duration.ofSeconds(59));
        assertThat(keys.remembered("a")).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.remembered("a")).isEmpty();
    }

    @Test
    void keysShouldBeRememberedForADayAtMost() {
        answer = found(Duration.ofDays(1000));
        keys.lookUp("a", SOON);
        clock.advance(Duration.ofDays(1));
        assertThat(keys.remembered("a")).isEmpty();
    }

    @Test
    void keysShouldNotRememberWhatIsMissingOrUnavailable() {
        for (KeyAnswer nothing : List.of(new KeyAnswer.Missing(), new KeyAnswer.Unavailable())) {
            answer = nothing;
            assertThat(keys.lookUp("a", SOON)).isEqualTo(nothing);
            assertThat(keys.remembered("a")).isEmpty();
        }
    }

    @Test
    void keysShouldForgetWhenTold() {
        keys.lookUp("a", SOON);
        keys.lookUp("b", SOON);
        keys.forget("a");
        assertThat(keys.remembered("a")).isEmpty();
        assertThat(keys.remembered("b")).isPresent();
    }

    @Test
    void keysShouldLetGoOfTheOneUsedLeastLatelyWhenFull() {
        for (int i = 0; i < DkimKeys.MAX_ENTRIES; i++) {
            keys.lookUp("" + i, SOON);
        }
        keys.remembered("0");
        keys.lookUp("one more", SOON);
        assertThat(keys.remembered("0")).isPresent();
        assertThat(keys.remembered("1")).isEqualTo(Optional.empty());
        assertThat(keys.remembered("one more")).isPresent();
    }

    private static KeyAnswer found(Duration timeToLive) {
        return new KeyAnswer.Found(List.of(KEY), timeToLive);
    }
}
