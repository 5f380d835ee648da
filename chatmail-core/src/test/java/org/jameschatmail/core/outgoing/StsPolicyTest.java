package org.jameschatmail.core.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jameschatmail.core.outgoing.StsPolicy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StsPolicyTest {
    private static final String ENFORCE =
            "version: STSv1\r\nmode: enforce\r\nmx: mail.example\r\nmx: *.chat.example\r\n"
                    + "max_age: 604800\r\nfuture: thing\r\n";

    private static StsPolicy policy(String text) {
        return StsPolicy.parse(text).orElseThrow();
    }

    @Test
    void parseShouldReadEachField() {
        assertThat(policy(ENFORCE))
                .isEqualTo(new StsPolicy(Mode.ENFORCE, List.of("mail.example", "*.chat.example"), Duration.ofDays(7)));
    }

    @Test
    void enforcedPolicyShouldPermitTheHostsThatItNames() {
        StsPolicy policy = policy(ENFORCE);

        assertThat(policy.permits("MAIL.example.")).isTrue();
        assertThat(policy.permits("mx.chat.example")).isTrue();
        assertThat(policy.permits("a.mx.chat.example")).isFalse();
        assertThat(policy.permits("chat.example")).isFalse();
        assertThat(policy.permits("evil.example")).isFalse();
    }

    @Test
    void policyShouldPermitAllWhenItIsNotEnforced() {
        StsPolicy testing = policy(ENFORCE.replace("enforce", "testing"));

        assertThat(testing.permits("evil.example")).isTrue();
        assertThat(testing.names("evil.example")).isFalse();
        assertThat(policy("version: STSv1\nmode: none\nmax_age: 1").permits("evil.example"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mode: enforce\nmx: a.example\nmax_age: 1",
                "version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 1",
                "version: STSv1\nmode: maybe\nmx: a.example\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmx: a.example",
                "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1",
                "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 99999999999",
                "version: STSv1\nmode: enforce\nmx: *\nmax_age: 1",
                "version: STSv1\nmode: enforce\nmx: a.*.example\nmax_age: 1",
                "<html>\nversion: STSv1\nmode: enforce\nmx: a.example\nmax_age: 1"
            })
    void parseShouldGiveNothingWhenThePolicyIsMalformed(String text) {
        assertThat(StsPolicy.parse(text)).isEmpty();
    }

    @Test
    void parseShouldBoundWhatAStrangerSends() {
        String many = "version: STSv1\nmode: enforce\nmax_age: 9999999999\n" + "mx: a.example\n".repeat(200);

        assertThat(policy(many).maxAge()).hasSeconds(31_557_600);
        assertThat(StsPolicy.parse(many + "mx: a.example")).isEmpty();
        assertThat(StsPolicy.parse(ENFORCE + "x".repeat(StsPolicy.MAX_LENGTH))).isEmpty();
    }

    @Test
    void idShouldBeReadFromTheRecord() {
        assertThat(StsPolicy.idOf("v=STSv1; id=20160831085700Z;")).contains("20160831085700Z");
        assertThat(StsPolicy.idOf("v=STSv1; x=y; id=1")).contains("1");
        assertThat(StsPolicy.idOf("v=STSv1;")).isEmpty();
        assertThat(StsPolicy.idOf("v=spf1 -all")).isEmpty();
    }
}
