package org.jameschatmail.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RejectedTest {
    @ParameterizedTest
    @CsvSource({
        "MESSAGE_TOO_LARGE, 552 Message exceeds maximum size",
        "ENCRYPTION_NEEDED, 523 Encryption Needed: Invalid Unencrypted Mail",
        "UNKNOWN_RECIPIENT, 550 5.1.1 Unknown recipient",
        "MAILBOX_FULL, 552 5.2.2 Mailbox is full",
        "NO_DKIM_SIGNATURE, 554 5.7.1 No DKIM signature found",
        "NO_VALID_DKIM_SIGNATURE, 554 5.7.1 No valid DKIM signature found"
    })
    void replyShouldBeTheKnownOne(Reason reason, String reply) {
        assertThat(Rejected.of(reason).reply()).isEqualTo(reply);
    }

    @Test
    void replyShouldNameAccountWhenItSentTooMuch() {
        assertThat(Rejected.of(Reason.TOO_MUCH_MAIL, "ac1_xxxxx@example.org").reply())
                .isEqualTo("450 4.7.1: Too much mail from ac1_xxxxx@example.org");
    }

    @ParameterizedTest
    @EnumSource
    void reasonShouldAgreeWithItsEnhancedCode(Reason reason) {
        assertThat(reason.code()).isBetween(400, 599);
        assertThat(reason.isTemporary()).isEqualTo(reason.code() / 100 == 4);
        if (!reason.enhancedCode().isEmpty()) {
            assertThat(reason.enhancedCode()).matches(reason.code() / 100 + "\\.\\d\\.\\d+");
        }
    }

    @ParameterizedTest
    @EnumSource
    void replyShouldFitOneSafeLineWhateverTheArguments(Reason reason) {
        String hostile = "a\r\n250 ok\0\u0007é" + "x".repeat(5000);
        String[] arguments = Collections.nCopies(reason.placeCount(), hostile).toArray(String[]::new);
        String reply = Rejected.of(reason, arguments).reply();
        assertThat(reply).matches("[ -~]+").hasSizeLessThanOrEqualTo(510);
    }

    @Test
    void argumentsShouldStandForThemselvesWhenTheyLookLikePlaces() {
        assertThat(Rejected.of(Reason.INVALID_FROM, "%s%n", "$1{0}").reply())
                .isEqualTo("500 Invalid FROM <%s%n> for <$1{0}>");
    }

    @Test
    void detailShouldStayPrivate() {
        Rejected rejected = Rejected.of(Reason.MALFORMED_MESSAGE).because("secret");
        assertThat(rejected.detail()).isEqualTo("secret");
        assertThat(rejected.reply() + rejected.publicText() + rejected).doesNotContain("secret");
    }

    @Test
    void rejectedShouldRefuseWrongNumberOfArguments() {
        assertThatThrownBy(() -> Rejected.of(Reason.INVALID_FROM, "one")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rejected.of(Reason.MAILBOX_FULL, "one")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void replyShouldKeepPrintableAsciiAlone() {
        Rejected rejected = Rejected.of(Reason.TOO_MUCH_MAIL, "a !~\u007f\u001f\r\n\u00e9z");
        assertThat(rejected.reply()).isEqualTo("450 4.7.1: Too much mail from a !~???z");
    }
}
