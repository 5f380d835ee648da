package org.jameschatmail.protocols.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "bob@_test.example, bob@_test.example",
        "Bob@_Test.Example, Bob@_test.example",
        "bob@a_.example, bob@a_.example",
        "bob@te_st.example, bob@te_st.example",
        "bob@[IPv6:2001:db8::1], bob@[ipv6:2001:db8::1]"
    })
    void parseShouldReadWhatJamesRefuses(String text, String address) throws AddressException {
        assertThatThrownBy(() -> new MailAddress(text)).isInstanceOf(AddressException.class);

        assertThat(PeerAddress.parse(text))
                .isInstanceOf(PeerAddress.class)
                .hasToString(address)
                .extracting(MailAddress::asString)
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob@test.example", "bob@[192.0.2.1]", "\"b@b\"@test.example"})
    void parseShouldLeaveToJamesWhatItReads(String text) throws AddressException {
        assertThat(PeerAddress.parse(text)).isNotInstanceOf(PeerAddress.class).isEqualTo(new MailAddress(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "bob",
                "bob@",
                "@_test.example",
                "bob@_test..example",
                "bob@-_test.example",
                "b b@_test.example",
                "bob..bob@_test.example",
                "bob@[IPv6:nonsense]",
                "bob@[IPv6:::1",
                "bob@_test.example>"
            })
    void parseShouldFailOnWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> PeerAddress.parse(text)).isInstanceOf(AddressException.class);
    }

    @Test
    void equalityShouldBeThatOfOtherAddresses() throws AddressException {
        MailAddress address = PeerAddress.parse("bob@_test.example");

        assertThat(address)
                .isEqualTo(PeerAddress.parse("BOB@_TEST.example"))
                .hasSameHashCodeAs(PeerAddress.parse("BOB@_TEST.example"))
                .isNotEqualTo(PeerAddress.parse("bob@_other.example"))
                .isNotEqualTo(new MailAddress("bob@peer.invalid"));
    }
}
