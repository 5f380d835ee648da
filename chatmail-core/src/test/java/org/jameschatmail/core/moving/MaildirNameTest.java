package org.jameschatmail.core.moving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaildirNameTest {
    private static final MaildirKeywords KEYWORDS =
            MaildirKeywords.of(List.of("0 $MDNSent", "1 $Forwarded", "2 in two", "rubbish", "3 \\Seen", "25 last"));

    @Test
    void uniquePartShouldEndAtTheFirstCommaOrColon() {
        assertThat(MaildirName.of("1775324677.M448978P3029757.host,S=3235,W=3305:2,RS"))
                .isEqualTo(new MaildirName("1775324677.M448978P3029757.host", "RS"));
        assertThat(MaildirName.of("1775324677.M1P2.host:2,").unique()).isEqualTo("1775324677.M1P2.host");
        assertThat(MaildirName.of("1775324677.M1P2.host:1,x,y").unique()).isEqualTo("1775324677.M1P2.host");
        assertThat(MaildirName.of("plain")).isEqualTo(new MaildirName("plain", ""));
    }

    @Test
    void lettersShouldBecomeFlagsAndKeywords() {
        assertThat(new MaildirName("x", "DFPRSTabz").flags(KEYWORDS))
                .containsExactlyInAnyOrder(
                        "\\Draft", "\\Flagged", "$Forwarded", "\\Answered", "\\Seen", "\\Deleted", "$MDNSent", "last");
    }

    @Test
    void lettersShouldBeLeftOutWhenTheyStandForNothing() {
        assertThat(new MaildirName("x", "cdeXY0\u00e4").flags(KEYWORDS)).isEmpty();
        assertThat(new MaildirName("x", "a").flags(MaildirKeywords.NONE)).isEmpty();
    }

    @Test
    void timeShouldBeWhatTheNameBeginsWith() {
        assertThat(MaildirName.of("1775324677.M1P2.host,S=1").time()).contains(Instant.ofEpochSecond(1_775_324_677));
        assertThat(MaildirName.of("x1775324677.M1P2.host").time()).isEmpty();
        assertThat(MaildirName.of("999999999999999999999.host").time()).isEmpty();
    }
}
