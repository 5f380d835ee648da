package org.jameschatmail.core.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @ParameterizedTest
    @CsvSource({"MX.example:25,mx.example,25", "192.0.2.1:65535,192.0.2.1,65535", "[::1]:53,::1,53"})
    void hostAndPortShouldBeRead(String text, String host, int port) {
        assertThat(HostAndPort.parse(text)).contains(new HostAndPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "a", "a:", "a:0", "a:65536", "a:x", "::1", "::1:53", "[::1]", "[a]:1", "a b:1", ":25"})
    void hostAndPortShouldBeRefusedWhenMalformed(String text) {
        assertThat(HostAndPort.parse(text)).isEmpty();
    }

    @Test
    void hostAloneShouldGetDefaultPort() {
        assertThat(HostAndPort.parse("192.0.2.1", 53)).contains(new HostAndPort("192.0.2.1", 53));
        assertThat(HostAndPort.parse("::1", 53)).contains(new HostAndPort("::1", 53));
        assertThat(HostAndPort.parse("[::1]", 53)).contains(new HostAndPort("::1", 53));
        assertThat(HostAndPort.parse("[::1]:5353", 53)).contains(new HostAndPort("::1", 5353));
    }

    @Test
    void textShouldBracketIpv6() {
        assertThat(new HostAndPort("::1", 53)).hasToString("[::1]:53");
        assertThat(new HostAndPort("mx.example", 25)).hasToString("mx.example:25");
    }
}
