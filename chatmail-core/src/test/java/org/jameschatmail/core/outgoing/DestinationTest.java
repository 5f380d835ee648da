package org.jameschatmail.core.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DestinationTest {
    @Test
    void parseShouldGiveAnAddressItsBracketsBack() {
        assertThat(Destination.parse("192.0.2.1").orElseThrow().domain().text()).isEqualTo("[192.0.2.1]");
        assertThat(Destination.parse("[192.0.2.1]").orElseThrow().address()).isPresent();
        assertThat(Destination.parse("[IPv6:2001:db8::1]").orElseThrow().address())
                .isPresent();
        assertThat(Destination.parse("2001:db8::1").orElseThrow().address()).isPresent();
    }

    @Test
    void knownCertificateShouldBeNeededUnlessTheDomainCanNotHaveOne() {
        assertThat(Destination.parse("chat.example").orElseThrow().needsKnownCertificate())
                .isTrue();
        assertThat(Destination.parse("_chat.example").orElseThrow().needsKnownCertificate())
                .isFalse();
        assertThat(Destination.parse("chat._x.example").orElseThrow().needsKnownCertificate())
                .isTrue();
        assertThat(Destination.parse("[192.0.2.1]").orElseThrow().needsKnownCertificate())
                .isFalse();
    }

    @Test
    void parseShouldGiveNothingForWhatIsNoDomain() {
        assertThat(Destination.parse("")).isEmpty();
        assertThat(Destination.parse("a b")).isEmpty();
        assertThat(Destination.parse("[chat.example]")).isEmpty();
    }
}
