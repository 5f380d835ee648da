package org.jameschatmail.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.jameschatmail.core.network.ProxyHeader.Absent;
import org.jameschatmail.core.network.ProxyHeader.Incomplete;
import org.jameschatmail.core.network.ProxyHeader.Malformed;
import org.jameschatmail.core.network.ProxyHeader.Present;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String FOUR = SIGNATURE + "2111" + "000c" + "cb007109" + "c0000201" + "1267" + "01bb";

    private static ProxyHeader read(String text) {
        return ProxyHeader.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static ProxyHeader hex(String text) {
        return ProxyHeader.read(ByteBuffer.wrap(HexFormat.of().parseHex(text)));
    }

    private static Present from(String address, int port, int length) throws Exception {
        return new Present(Optional.of(new InetSocketAddress(InetAddress.getByName(address), port)), length);
    }

    @Test
    void lineShouldBeRead() throws Exception {
        String line = "PROXY TCP4 203.0.113.9 192.0.2.1 4711 443\r\n";

        assertThat(read(line + "\u0016\u0003")).isEqualTo(from("203.0.113.9", 4711, line.length()));
        String six = "PROXY TCP6 2001:db8::9 2001:db8::1 65535 25\r\n";
        assertThat(read(six)).isEqualTo(from("2001:db8::9", 65535, six.length()));
        assertThat(read("PROXY UNKNOWN\r\n")).isEqualTo(new Present(Optional.empty(), 15));
        assertThat(read("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n")).isEqualTo(new Present(Optional.empty(), 35));
    }

    @Test
    void binaryShouldBeRead() throws Exception {
        assertThat(hex(FOUR + "1603")).isEqualTo(from("203.0.113.9", 4711, 28));
        assertThat(hex(SIGNATURE + "2121" + "0026" + "20010db8" + "00".repeat(11) + "09" + "00".repeat(16) + "1267"
                        + "0019" + "0400"))
                .isEqualTo(from("2001:db8::9", 4711, 54));
        assertThat(hex(SIGNATURE + "20110000")).as("a check of health").isEqualTo(new Present(Optional.empty(), 16));
        assertThat(hex(SIGNATURE + "2100" + "0001" + "aa")).isEqualTo(new Present(Optional.empty(), 17));
    }

    @Test
    void headerShouldBeIncompleteUntilItsEnd() {
        byte[] whole = HexFormat.of().parseHex(FOUR);
        for (int end = 0; end < whole.length; end++) {
            assertThat(ProxyHeader.read(ByteBuffer.wrap(whole, 0, end))).isEqualTo(new Incomplete());
        }
        String line = "PROXY TCP4 203.0.113.9 192.0.2.1 4711 443\r\n";
        for (int end = 0; end < line.length(); end++) {
            assertThat(read(line.substring(0, end))).isEqualTo(new Incomplete());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO mx.example\r\n", "\u0016\u0003\u0001", "PROXX", "GET / HTTP/1.1", "\r\nEHLO"})
    void headerShouldBeAbsentWhenSomethingElseBegins(String text) {
        assertThat(read(text)).isEqualTo(new Absent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY \r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n",
                "PROXY TCP4 ::1 ::1 1 1\r\n",
                "PROXY TCP6 1.2.3.4 1.2.3.4 1 1\r\n",
                "PROXY TCP4 1.2.3.400 1.2.3.4 1 1\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 65536 1\r\n",
                "PROXY TCP4 evil.example evil.example 1 1\r\n",
                "PROXY TCP5 1.2.3.4 1.2.3.4 1 1\r\n",
                "PROXY UNKNOWNS\r\n"
            })
    void lineShouldBeRefusedWhenItIsMalformed(String line) {
        assertThat(read(line)).isEqualTo(new Malformed());
    }

    @Test
    void headerShouldBeRefusedWhenItIsTooLongOrOfAnotherVersion() {
        assertThat(read("PROXY UNKNOWN " + "a".repeat(100))).isEqualTo(new Malformed());
        assertThat(hex(SIGNATURE + "2111ffff")).isEqualTo(new Malformed());
        assertThat(hex(SIGNATURE + "1111000c")).isEqualTo(new Malformed());
        assertThat(hex(SIGNATURE + "2211000c")).isEqualTo(new Malformed());
        assertThat(hex(SIGNATURE + "2111000b")).isEqualTo(new Malformed());
        assertThat(hex(SIGNATURE + "21210023")).isEqualTo(new Malformed());
    }

    @Test
    void headerShouldNeverFailWhenItIsRubbish() {
        Random random = new Random(9);
        for (int i = 0; i < 50_000; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] start = i % 2 == 0
                    ? HexFormat.of().parseHex(FOUR)
                    : "PROXY TCP6 2001:db8::9 2001:db8::1 4711 25\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int change = random.nextInt(4); change >= 0; change--) {
                start[random.nextInt(start.length)] = (byte) random.nextInt();
            }
            out.writeBytes(Arrays.copyOf(start, random.nextInt(start.length + 1)));
            byte[] rest = new byte[random.nextInt(40)];
            random.nextBytes(rest);
            out.writeBytes(rest);
            ByteBuffer octets = ByteBuffer.wrap(out.toByteArray());

            ProxyHeader header = ProxyHeader.read(octets);

            assertThat(octets.position()).isZero();
            if (header instanceof Present present) {
                assertThat(present.length()).isBetween(1, octets.remaining());
            }
        }
    }
}
