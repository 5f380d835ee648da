package org.jameschatmail.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.jameschatmail.core.account.AccountVerdict.Accepted;
import org.jameschatmail.core.account.AccountVerdict.Reason;
import org.jameschatmail.core.account.AccountVerdict.Rejected;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountPolicyTest {
    private static final MailDomain DOMAIN = new MailDomain("chat.example");
    private static final String PASSWORD = "123456789";

    private final AccountPolicy policy = new AccountPolicy(DOMAIN, RegistrationConfiguration.DEFAULT);
    private final AccountPolicy anyLength = new AccountPolicy(DOMAIN, Registrations.withLengths(1, 64, 9));

    @ParameterizedTest
    @ValueSource(strings = {"ac1_xxxxx", "123456789", "a-b.c_d-e", "_________"})
    void policyShouldAcceptLocalpartOfRightLength(String localpart) {
        assertThat(policy.judge(localpart + "@chat.example", PASSWORD))
                .isEqualTo(new Accepted(new Login(localpart, "chat.example")));
    }

    @Test
    void policyShouldFoldLogin() {
        assertThat(policy.judge("AC1_XXXXX@Chat.Example", PASSWORD))
                .isEqualTo(new Accepted(new Login("ac1_xxxxx", "chat.example")));
    }

    @ParameterizedTest
    @CsvSource({
        "abcdefgh,LOCALPART_TOO_SHORT",
        "abcdefghij,LOCALPART_TOO_LONG",
        "abcdefgh+,LOCALPART_CHARACTERS",
        "abcd efgh,LOCALPART_CHARACTERS",
        "abcdefgé1,LOCALPART_CHARACTERS",
        "abc/../ef,LOCALPART_CHARACTERS",
        "abc..efgh,LOCALPART_CHARACTERS",
        ".abcdefgh,LOCALPART_CHARACTERS",
        "abcdefgh.,LOCALPART_CHARACTERS",
        "webmaster,LOCALPART_RESERVED"
    })
    void policyShouldRejectLocalpart(String localpart, Reason reason) {
        assertThat(policy.judge(localpart + "@chat.example", PASSWORD)).isEqualTo(new Rejected(reason));
    }

    @Test
    void policyShouldRejectLookAlikeOfAsciiLetter() {
        assertThat(policy.judge("abcdefgh\u212A@chat.example", PASSWORD))
                .isEqualTo(new Rejected(Reason.LOCALPART_CHARACTERS));
    }

    @Test
    void policyShouldRejectLineFeedAtTheEnd() {
        assertThat(policy.judge("abcdefgh\n@chat.example", PASSWORD))
                .isEqualTo(new Rejected(Reason.LOCALPART_CHARACTERS));
        assertThat(policy.judge("abcdefghi@chat.example\n", PASSWORD)).isEqualTo(new Rejected(Reason.FOREIGN_DOMAIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postmaster",
                "billing99",
                "abuse",
                "mailer-daemon",
                "admin",
                "root",
                "hostmaster",
                "webmaster",
                "noreply",
                "security"
            })
    void policyShouldRejectReservedLocalpart(String localpart) {
        assertThat(anyLength.judge(localpart + "@chat.example", PASSWORD))
                .isEqualTo(new Rejected(Reason.LOCALPART_RESERVED));
        assertThat(anyLength.judge(localpart.toUpperCase(Locale.ROOT) + "@chat.example", PASSWORD))
                .isEqualTo(new Rejected(Reason.LOCALPART_RESERVED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "abcdefghi", "@chat.example", "abcdefghi@"})
    void policyShouldRejectWhatIsNoAddress(String name) {
        assertThat(policy.judge(name, PASSWORD)).isEqualTo(new Rejected(Reason.NOT_AN_ADDRESS));
    }

    @Test
    void policyShouldRejectAddressWhenVeryLong() {
        assertThat(anyLength.judge("a".repeat(1_000_000) + "@chat.example", PASSWORD))
                .isEqualTo(new Rejected(Reason.NOT_AN_ADDRESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcdefghi@other.example", "abcdefghi@sub.chat.example", "abcdefghi@chat.example."})
    void policyShouldRejectForeignDomain(String name) {
        assertThat(policy.judge(name, PASSWORD)).isEqualTo(new Rejected(Reason.FOREIGN_DOMAIN));
    }

    @Test
    void policyShouldRejectPasswordOfWrongLength() {
        String name = "abcdefghi@chat.example";

        assertThat(policy.judge(name, "12345678")).isEqualTo(new Rejected(Reason.PASSWORD_TOO_SHORT));
        assertThat(policy.judge(name, "\uD83D\uDE00".repeat(8))).isEqualTo(new Rejected(Reason.PASSWORD_TOO_SHORT));
        assertThat(policy.judge(name, "x".repeat(1024))).isInstanceOf(Accepted.class);
        assertThat(policy.judge(name, "x".repeat(1025))).isEqualTo(new Rejected(Reason.PASSWORD_TOO_LONG));
    }

    @Test
    void policyShouldAcceptAddressLiteralDomain() {
        AccountPolicy literal = new AccountPolicy(new MailDomain("[192.0.2.1]"), RegistrationConfiguration.DEFAULT);

        assertThat(literal.judge("abcdefghi@[192.0.2.1]", PASSWORD)).isInstanceOf(Accepted.class);
    }

    @Test
    void verdictShouldHideNameWhenPrinted() {
        assertThat(policy.judge("abcdefghi@chat.example", PASSWORD).toString()).doesNotContain("abcdefghi");
    }
}
