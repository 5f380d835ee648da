package org.jameschatmail.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDomainTest {
    @ParameterizedTest
    @CsvSource({
        "Chat.Example,chat.example,chat.example,false",
        "chat.localhost,chat.localhost,chat.localhost,false",
        "_test.example,_test.example,_test.example,false",
        "xn--bcher-kva.example,xn--bcher-kva.example,xn--bcher-kva.example,false",
        "Bücher.example,xn--bcher-kva.example,xn--bcher-kva.example,false",
        "[192.0.2.1],[192.0.2.1],192.0.2.1,true",
        "[IPv6:2001:DB8::1],[ipv6:2001:db8::1],[2001:db8::1],true"
    })
    void domainShouldBeRead(String written, String text, String urlHost, boolean literal) {
        MailDomain domain = MailDomain.parse(written).orElseThrow();

        assertThat(domain.text()).isEqualTo(text);
        assertThat(domain.urlHost()).isEqualTo(urlHost);
        assertThat(domain.isAddressLiteral()).isEqualTo(literal);
        assertThat(domain.address().isPresent()).isEqualTo(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "a.",
                ".a",
                "-a.example",
                "a-.example",
                "a b",
                "a@b",
                "192.0.2.1",
                "[192.0.2.256]",
                "[2001:db8::1]",
                "[IPv6:192.0.2.1]",
                "[]",
                "[IPv6:]",
                "[IPv6:fe80::1%eth0]",
                "[a.example]",
                "a/b",
                "a\u0000b"
            })
    void domainShouldBeRefusedWhenMalformed(String written) {
        assertThat(MailDomain.parse(written)).isEmpty();
    }

    @Test
    void domainShouldBeRefusedWhenTooLong() {
        assertThat(MailDomain.parse("a".repeat(63) + ".example")).isPresent();
        assertThat(MailDomain.parse("a".repeat(64) + ".example")).isEmpty();
        assertThat(MailDomain.parse("a.".repeat(126) + "a")).isPresent();
        assertThat(MailDomain.parse("a.".repeat(127) + "a")).isEmpty();
    }

    @Test
    void domainShouldNotBeMadeWhenInUpperCase() {
        assertThatThrownBy(() -> new MailDomain("Chat.Example")).isInstanceOf(IllegalArgumentException.class);
    }
}
