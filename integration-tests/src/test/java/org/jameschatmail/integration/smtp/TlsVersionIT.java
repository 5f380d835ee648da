package org.jameschatmail.integration.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerPorts;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Old TLS: 1.2 is for other servers alone, on port 25 and for {@code /mxdeliv}. The greeting of TLS is written by hand, for
 * this JDK wouldn't speak 1.1 either.
 */
class TlsVersionIT {
    private static final int HANDSHAKE = 22;
    private static final byte[] FATAL_PROTOCOL_VERSION = {2, 70};
    private static final int DEADLINE_MILLIS = 30_000;

    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost"));

    /** The type of the server's first TLS record, and what is in it. */
    private record TlsRecord(int type, byte[] content) {}

    @Test
    void handshakeShouldBeRefusedWhenTheClientKnowsTls11Alone() throws IOException {
        assertThat(greet("0302").content()).isEqualTo(FATAL_PROTOCOL_VERSION);
    }

    @Test
    void handshakeShouldBeAnsweredWhenTheClientKnowsTls12() throws IOException {
        assertThat(greet("0303").type()).isEqualTo(HANDSHAKE);
    }

    @Test
    void handshakeShouldBeAnsweredWhenAServerThatPostsKnowsTls12() throws IOException {
        assertThat(greetAtOnce(SERVER.server().ports().https(), "0303").type()).isEqualTo(HANDSHAKE);
    }

    @Test
    void handshakeShouldBeRefusedWhenAClientKnowsTls12Alone() throws IOException {
        ServerPorts ports = SERVER.server().ports();

        assertThat(greetAtOnce(ports.submissions(), "0303").content()).isEqualTo(FATAL_PROTOCOL_VERSION);
        assertThat(greetAtOnce(ports.imaps(), "0303").content()).isEqualTo(FATAL_PROTOCOL_VERSION);
    }

    private static TlsRecord greetAtOnce(int port, String version) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(DEADLINE_MILLIS);
            socket.getOutputStream().write(clientHello(version));
            return record(new DataInputStream(socket.getInputStream()));
        }
    }

    private static TlsRecord record(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        in.readUnsignedShort();
        byte[] content = new byte[in.readUnsignedShort()];
        in.readFully(content);
        return new TlsRecord(type, content);
    }

    private static TlsRecord greet(String version) throws IOException {
        int port = SERVER.server().ports().smtp();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(DEADLINE_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            assertThat(line(in)).startsWith("220 ");
            out.write("STARTTLS\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(line(in)).startsWith("220 ");
            out.write(clientHello(version));
            return record(in);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.readUnsignedByte(); octet != '\n'; octet = in.readUnsignedByte()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    /** RFC 5246, section 7.4.1.2, without supported_versions: the highest version is the one in the body. */
    private static byte[] clientHello(String version) {
        String suites = "c02bc02fc009c013009c002f"; // ECDHE and RSA with AES 128, GCM for 1.2 and CBC for both
        String groups = "000a00060004" + "0017" + "001d"; // secp256r1, x25519
        String points = "000b00020100";
        String signatures = "000d000c000a" + "0403" + "0804" + "0401" + "0203" + "0201"; // ECDSA and RSA
        String extensions = sized(2, groups + points + signatures);
        String body = version + "5a".repeat(32) + "00" + sized(2, suites) + "0100" + extensions;
        return HexFormat.of().parseHex("160301" + sized(2, "01" + sized(3, body)));
    }

    /** With its length in front, in that many octets. */
    private static String sized(int octets, String hex) {
        return HexFormat.of().toHexDigits(hex.length() / 2L, 2 * octets) + hex;
    }
}
