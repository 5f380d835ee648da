package org.jameschatmail.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jameschatmail.mailet.Mails.fixture;
import static org.jameschatmail.mailet.Mails.mail;
import static org.jameschatmail.mailet.Mails.started;

import javax.mail.MessagingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsLargerThanTest {
    @Test
    void matcherShouldMatchWhenOneByteLarger() throws Exception {
        String message = fixture("cleartext");

        assertThat(started(new IsLargerThan(), Integer.toString(message.length() - 1))
                        .match(mail(message)))
                .hasSize(2);
        assertThat(started(new IsLargerThan(), Integer.toString(message.length()))
                        .match(mail(message)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1024, 1k", "1024, 1K", "1048576, 1m", "31457280, 30M", "7, 7"})
    void unitShouldMultiply(long bytes, String condition) throws Exception {
        assertThat(ByteCount.parse("test", condition)).isEqualTo(bytes);
    }

    @Test
    void matcherShouldMatchWhenTheSizeCannotBeKnown() throws Exception {
        assertThat(started(new IsLargerThan(), "30m").match(Mails.unreadable())).hasSize(2);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "-1", "1.5m", "30g", "99999999999", "m"})
    void initShouldThrowWhenConditionIsNoSize(String condition) {
        assertThatThrownBy(() -> started(new IsLargerThan(), condition))
                .isInstanceOf(MessagingException.class)
                .hasMessage("IsLargerThan needs a size in bytes, such as 31457280 or 30m");
    }
}
