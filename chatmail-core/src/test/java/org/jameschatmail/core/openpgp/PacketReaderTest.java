package org.jameschatmail.core.openpgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketReaderTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "d2 02 01 aa, true, 'version 1'",
        "d2 02 02 aa, true, 'version 2'",
        "d2 02 00 aa, false, 'version 0'",
        "d2 02 03 aa, false, 'version 3'",
        "d2 01 01, false, 'version alone'",
        "d2 00, false, 'no octet'",
        "d2 02 01, false, 'truncated'",
        "d2, false, 'no length'",
        "'', false, 'nothing'",
        "d2 02 01 aa 00, false, 'octet after the end'",
        "d2 02 01 aa d2 02 01 aa, false, 'two encrypted packets'",
        "c1 01 03 d2 02 01 aa, true, 'session key for a key'",
        "c3 01 04 d2 02 01 aa, true, 'session key for a password'",
        "c1 00 c3 00 c1 00 d2 02 01 aa, true, 'session keys in any order'",
        "84 01 03 d2 02 01 aa, true, 'old header, one octet'",
        "85 00 01 03 d2 02 01 aa, true, 'old header, two octets'",
        "86 00 00 00 01 03 d2 02 01 aa, true, 'old header, four octets'",
        "8c 01 04 d2 02 01 aa, true, 'old header, type 3'",
        "87 03 d2 02 01 aa, false, 'old header without end'",
        "87 00 00 00 00 00 00 00 00 d2 02 01 aa, false, 'old header without end, zeros'",
        "c1 01 03, false, 'session key alone'",
        "c1 e0 03 00 d2 02 01 aa, false, 'session key in partial lengths'",
        "d2 ff 00 00 00 02 01 aa, true, 'four-octet length'",
        "d2 ff 00 00 00 03 01 aa, false, 'four-octet length truncated'",
        "d2 ff 80 00 00 00 01 aa, false, 'length beyond 31 bits'",
        "d2 e0 01 01 aa, true, 'partial, then the rest'",
        "d2 e1 01 aa 00, true, 'partial, then nothing'",
        "d2 e0 01 e0 aa 00, true, 'two partials'",
        "d2 e0 01 00, false, 'partial, version alone'",
        "d2 e1 01 aa, false, 'partial without an end'",
        "d2 fe 01 aa, false, 'huge partial truncated'",
        "d2 e1 01 aa 00 00, false, 'octet after partials'",
        "c8 02 01 aa, false, 'compressed data'",
        "cb 02 62 00, false, 'literal data'",
        "c9 02 01 aa, false, 'encrypted data without integrity'",
        "d4 02 01 aa, false, 'AEAD packet of the drafts'",
        "c2 02 01 aa d2 02 01 aa, false, 'signature first'",
        "ca 03 50 47 50 d2 02 01 aa, false, 'marker first'",
        "d5 01 00 d2 02 01 aa, false, 'padding first'",
        "52 02 01 aa, false, 'no packet bit'",
        "c8 02 01 aa d2 02 01 aa, false, 'compressed data first'"
    })
    void packetReaderShouldAcceptExactlyEncryptedMessages(String hex, boolean expected, String name) {
        byte[] packets = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(read(packets, packets.length)).as(name).isEqualTo(expected);
        assertThat(read(packets, 1)).as(name + ", octet by octet").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "255"})
    void packetReaderShouldAddBaseToTwoOctetLength(int second) {
        int length = 192 + 256 + second;
        byte[] packet = new byte[3 + length];
        packet[0] = (byte) 0xD2;
        packet[1] = (byte) 193;
        packet[2] = (byte) second;
        packet[3] = 1;
        assertThat(read(packet, packet.length)).isTrue();
        assertThat(read(Arrays.copyOf(packet, packet.length - 1), 16)).isFalse();
        assertThat(read(Arrays.copyOf(packet, packet.length + 1), 16)).isFalse();
    }

    private static boolean read(byte[] packets, int step) {
        PacketReader reader = new PacketReader();
        for (int i = 0; i < packets.length; i += step) {
            reader.accept(packets, i, Math.min(step, packets.length - i));
        }
        return reader.isComplete();
    }
}
