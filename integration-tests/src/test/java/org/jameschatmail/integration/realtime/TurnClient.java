package org.jameschatmail.integration.realtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Asks a TURN server for an address to be reached at, by UDP, as a client does that knows a name and a password.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8656#section-7">RFC 8656, section 7</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8489#section-14.5">RFC 8489, section 14.5</a>
 */
record TurnClient(InetSocketAddress server) {
    /** What {@link #allocate} gives for an allocation that was made; otherwise it gives the error code. */
    static final int ALLOCATED = 0;

    private static final int ALLOCATE = 0x0003;
    private static final int SUCCESS = 0x0103;
    private static final int MAGIC = 0x2112A442;
    private static final int HEADER = 20;
    private static final short USER_NAME = 0x0006;
    private static final short INTEGRITY = 0x0008;
    private static final short ERROR = 0x0009;
    private static final short REALM = 0x0014;
    private static final short NONCE = 0x0015;
    private static final short TRANSPORT = 0x0019;
    private static final byte[] UDP = {17, 0, 0, 0};
    private static final int TRIES = 20;
    private static final int TIMEOUT_MILLIS = 500;

    private record Reply(int type, Map<Short, byte[]> attributes) {
        /** Empty for what isn't a refusal, such as one's own request: while nobody listens, both ports may be the same. */
        Optional<Integer> error() {
            return Optional.ofNullable(attributes.get(ERROR)).map(value -> (value[2] & 7) * 100 + value[3]);
        }
    }

    /** Whether it answers at once a client without a name, with a refusal. */
    boolean isAnswered() {
        try (DatagramSocket socket = connect()) {
            return exchange(socket, bare()).error().filter(code -> code == 401).isPresent();
        } catch (SocketTimeoutException | PortUnreachableException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The error code, 401 for a name or password that isn't accepted, or {@link #ALLOCATED}. */
    int allocate(String name, String password) {
        try (DatagramSocket socket = connect()) {
            Reply challenge = patiently(socket, bare());
            Reply reply = patiently(socket, signed(challenge, name, password));
            return reply.type() == SUCCESS ? ALLOCATED : reply.error().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DatagramSocket connect() throws IOException {
        DatagramSocket socket = new DatagramSocket();
        socket.connect(server);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Datagrams get lost. */
    private static Reply patiently(DatagramSocket socket, byte[] request) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return exchange(socket, request);
            } catch (SocketTimeoutException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Reply exchange(DatagramSocket socket, byte[] request) throws IOException {
        socket.send(new DatagramPacket(request, request.length));
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        ByteBuffer in = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        int type = in.getShort();
        Map<Short, byte[]> attributes = new HashMap<>();
        in.position(HEADER);
        while (in.remaining() >= 4) {
            short name = in.getShort();
            byte[] value = new byte[in.getShort()];
            in.get(value).position(Math.min(in.limit(), padded(in.position())));
            attributes.put(name, value);
        }
        return new Reply(type, attributes);
    }

    private static byte[] bare() {
        ByteBuffer out = begin();
        put(out, TRANSPORT, UDP);
        return end(out, 0);
    }

    private static byte[] signed(Reply challenge, String name, String password) {
        byte[] realm = challenge.attributes().get(REALM);
        ByteBuffer out = begin();
        put(out, TRANSPORT, UDP);
        put(out, USER_NAME, name.getBytes(StandardCharsets.UTF_8));
        put(out, REALM, realm);
        put(out, NONCE, challenge.attributes().get(NONCE));
        String secret = name + ":" + new String(realm, StandardCharsets.UTF_8) + ":" + password;
        try {
            byte[] key = MessageDigest.getInstance("MD5").digest(secret.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            put(out, INTEGRITY, mac.doFinal(end(out, 4 + mac.getMacLength())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return end(out, 0);
    }

    private static ByteBuffer begin() {
        byte[] transaction = new byte[12];
        new Random().nextBytes(transaction);
        return ByteBuffer.allocate(1500)
                .putShort((short) ALLOCATE)
                .putShort((short) 0)
                .putInt(MAGIC)
                .put(transaction);
    }

    private static void put(ByteBuffer out, short name, byte[] value) {
        out.putShort(name).putShort((short) value.length).put(value);
        out.position(padded(out.position()));
    }

    /** The message so far, with a length that counts {@code more} octets to come. */
    private static byte[] end(ByteBuffer out, int more) {
        out.putShort(2, (short) (out.position() - HEADER + more));
        byte[] message = new byte[out.position()];
        out.get(0, message);
        return message;
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }
}
