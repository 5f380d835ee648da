package org.jameschatmail.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "a@x.org | a@x.org",
                "<a@x.org> | a@x.org",
                "Alice <a@x.org> | a@x.org",
                "John Q. Public <a@x.org> | a@x.org",
                "\"Alice, at work\" <a@x.org> | a@x.org",
                "\"b@y.org\" <a@x.org> | a@x.org",
                "\"<b@y.org>\" <a@x.org> | a@x.org",
                "\"\\\"<b@y.org>\" <a@x.org> | a@x.org",
                "=?utf-8?q?Ren=C3=A9e?= <a@x.org> | a@x.org",
                "=?utf-8?b?PGJAeS5vcmc+?= <a@x.org> | a@x.org",
                "René <a@x.org> | a@x.org",
                "a@x.org (Alice) | a@x.org",
                "(b@y.org) a@x.org | a@x.org",
                "(a (nested \\) one)) a@x.org | a@x.org",
                "<(b@y.org)a@x.org> | a@x.org",
                "a@x.org, b@y.org | a@x.org",
                "Alice <a@x.org>, <b@y.org> | a@x.org",
                "team: a@x.org, b@y.org; | a@x.org",
                "nobody:;, a@x.org | a@x.org",
                "\"a b\"@x.org | \"a b\"@x.org",
                "\"b@y.org\"@x.org | \"b@y.org\"@x.org",
                "a@[192.0.2.1] | a@[192.0.2.1]",
                "a@[IPv6:2001:db8::1] | a@[IPv6:2001:db8::1]",
                "a.b-c_d+e@x.org | a.b-c_d+e@x.org",
                "a \t@ x.org | a@x.org"
            })
    void firstOfShouldReadAddress(String field, String expected) {
        assertThat(EmailAddress.firstOf(field)).map(EmailAddress::toString).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "Alice",
                "a@",
                "@x.org",
                "<>",
                "<a>",
                "<a@x.org",
                "a@x.org>",
                "<a@x.org> <b@y.org>",
                "<a@x.org> b@y.org",
                "a@x.org b@y.org",
                "a@x.org <b@y.org>",
                "a@x.org <a@x.org>",
                "a@x.org@y.org",
                "<a@x.org@y.org>",
                "<<a@x.org>>",
                "<@y.org:a@x.org>",
                "<a@x.org>,",
                ",<a@x.org>",
                "a@x.org;",
                "team: a@x.org",
                "team: inner: a@x.org;;",
                ": a@x.org;",
                "undisclosed:;",
                "\"Alice <a@x.org>",
                "Alice\" <a@x.org>",
                "(Alice <a@x.org>",
                "Alice) <a@x.org>",
                "a@x.org \\",
                "(\\",
                "\"\\",
                "a@[192.0.2.1",
                "a@192.0.2.1]",
                "a@[[192.0.2.1]]",
                "[a]@x.org",
                ".a@x.org",
                "a.@x.org",
                "a..b@x.org",
                "a@.x.org",
                "a@x.org.",
                "a@x..org",
                "a(c)b@x.org",
                "a\"b\"@x.org",
                "a@x.org\0",
                "a\0@x.org",
                "Alice\u0007 <a@x.org>",
                "a\uFFFD@x.org",
                "a@x\uFFFD.org",
                "a@x.org\r\nX: y"
            })
    void firstOfShouldReadNothingWhenFieldIsNoAddressList(String field) {
        assertThat(EmailAddress.firstOf(field)).isEmpty();
    }

    @Test
    void firstOfShouldReadNothingWhenFieldIsHuge() {
        assertThat(EmailAddress.firstOf("(".repeat(8000) + ")".repeat(8000) + "a@x.org"))
                .isEmpty();
        assertThat(EmailAddress.firstOf("(".repeat(4000) + ")".repeat(4000) + "a@x.org"))
                .isPresent();
    }

    @Test
    void firstOfShouldSurviveRubbish() {
        Random random = new Random(3);
        String alphabet = "ab@.<>,:;()[]\"\\ \t\0é\uFFFD";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder field = new StringBuilder();
            for (int length = random.nextInt(16); length > 0; length--) {
                field.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            EmailAddress.firstOf(field.toString())
                    .ifPresent(address -> assertThat(EmailAddress.firstOf(address.toString()))
                            .as("%s", field)
                            .contains(address));
        }
    }

    @Test
    void isSameAsShouldFoldAsciiAlone() {
        EmailAddress address = new EmailAddress("Kim", "X.org");
        assertThat(address.isSameAs("kIM@x.ORG")).isTrue();
        assertThat(address.isSameAs("\u212Aim@x.org")).isFalse();
        assertThat(new EmailAddress("\u212Aim", "x.org").isSameAs("kim@x.org")).isFalse();
        assertThat(new EmailAddress("k\u0131m", "x.org").isSameAs("kim@x.org")).isFalse();
        assertThat(new EmailAddress("\"kim\"", "x.org").isSameAs("kim@x.org")).isFalse();
    }

    @Test
    void isSameAsShouldFoldAsciiBesideOtherLetters() {
        EmailAddress address = new EmailAddress("\u00e4aZz", "x.org");
        assertThat(address.isSameAs("\u00e4AzZ@X.ORG")).isTrue();
        assertThat(address.isSameAs("\u00c4azz@x.org")).isFalse();
        assertThat(new EmailAddress("a[{", "x.org").isSameAs("a[[@x.org")).isFalse();
        assertThat(new EmailAddress("a@", "x.org").isSameAs("a`@x.org")).isFalse();
    }
}
