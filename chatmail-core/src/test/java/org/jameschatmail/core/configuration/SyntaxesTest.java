package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxesTest {
    private static final Syntax<Long> ANY_SIZE = Syntaxes.size(0, Long.MAX_VALUE);

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "200000,200000",
        "500MB,524288000",
        "500 mb,524288000",
        "1GB,1073741824",
        "2K,2048",
        "3MiB,3145728",
        "7B,7"
    })
    void sizeShouldCountInPowersOf1024(String text, long bytes) {
        assertThat(ANY_SIZE.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "MB", "-1", "1.5GB", "5 apples", "1PB", "99999999999999999999", "999999999999TB", "1II", "٣"
            })
    void sizeShouldBeRefusedWhenMalformed(String text) {
        assertThat(ANY_SIZE.parse(text)).isEmpty();
    }

    @Test
    void sizeShouldBeRefusedWhenOutOfRange() {
        assertThat(Syntaxes.size(1, 10).parse("0")).isEmpty();
        assertThat(Syntaxes.size(1, 10).parse("11")).isEmpty();
        assertThat(Syntaxes.size(1, 10).parse("10")).contains(10L);
    }

    @ParameterizedTest
    @CsvSource({"20d,P20D", "24h,PT24H", "60s,PT60S", "5m,PT5M", "0s,PT0S"})
    void durationShouldBeRead(String text, Duration duration) {
        assertThat(Syntaxes.duration(Duration.ZERO).parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "d", "20D", "-1d", "1w", "1d1h", "9999999d"})
    void durationShouldBeRefusedWhenMalformed(String text) {
        assertThat(Syntaxes.duration(Duration.ZERO).parse(text)).isEmpty();
    }

    @Test
    void durationShouldBeRefusedWhenShorterThanLeast() {
        assertThat(Syntaxes.duration(Duration.ofSeconds(1)).parse("0d")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "101", "75 %%", "7.5", "x"})
    void percentShouldBeRefusedWhenMalformed(String text) {
        assertThat(Syntaxes.percent().parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1", "on"})
    void booleanShouldBeRefusedWhenNeitherTrueNorFalse(String text) {
        assertThat(Syntaxes.bool().parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://a.example", "https:", "https:///x", "a.example", "https://a b"})
    void webAddressShouldBeRefusedWhenMalformed(String text) {
        assertThat(Syntaxes.webAddress().parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "127.0.0.1,", "localhost", "127.1", "256.0.0.1", "::g"})
    void addressesShouldBeRefusedWhenOneIsMalformed(String text) {
        assertThat(Syntaxes.ipAddresses().parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1,", "192.0.2.1:0", "a b", "[::1", ":53"})
    void nameServersShouldBeRefusedWhenOneIsMalformed(String text) {
        assertThat(Syntaxes.nameServers().parse(text)).isEmpty();
    }

    @Test
    void enumShouldBeReadAsHyphenatedWord() {
        assertThat(Syntaxes.oneOf(TlsMode.class).parse("self-signed")).contains(TlsMode.SELF_SIGNED);
        assertThat(Syntaxes.oneOf(TlsMode.class).parse("self_signed")).isEmpty();
        assertThat(Syntaxes.oneOf(TlsMode.class).accepted()).isEqualTo("self-signed, files, acme");
    }

    @Test
    void decimalShouldBeRefusedWhenNotPlain() {
        assertThat(Syntaxes.decimal(10).parse("2.5")).contains(2.5);
        assertThat(Syntaxes.decimal(10).parse("NaN")).isEmpty();
        assertThat(Syntaxes.decimal(10).parse("1e1")).isEmpty();
        assertThat(Syntaxes.decimal(10).parse("11")).isEmpty();
    }
}
