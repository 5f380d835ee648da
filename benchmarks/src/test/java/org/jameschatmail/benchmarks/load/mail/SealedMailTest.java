package org.jameschatmail.benchmarks.load.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.jameschatmail.core.gate.SubmissionGate;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedMailTest {
    @ParameterizedTest
    @ValueSource(ints = {1500, 6000, 100_000})
    void mailShouldPassTheGateWhenItHasAnySize(int size) throws IOException {
        SealedMail mail = SealedMail.random(new SplittableRandom(1), "a@chat.example", List.of("b@chat.example"), size);

        assertThat(new SubmissionGate(MimeLimits.DEFAULT)
                        .judge(new ByteArrayInputStream(mail.data()), "a@chat.example"))
                .isInstanceOf(Accepted.class);
        assertThat(mail.data().length).isBetween(size * 95 / 100, size * 105 / 100);
        assertThat(new String(mail.data(), StandardCharsets.US_ASCII))
                .doesNotContain("\n.")
                .endsWith("\r\n");
    }
}
