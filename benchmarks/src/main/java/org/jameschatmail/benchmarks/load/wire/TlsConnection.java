package org.jameschatmail.benchmarks.load.wire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection that reads lines and counted bytes, either waiting for them or, once {@linkplain #watch watched}, as
 * they come. Each connection makes a full handshake: none resumes an earlier session; by BoringSSL where it is on the
 * class path, which takes a fraction of what the JDK's takes from the server under load. Any certificate will do.
 * Buffers are reused; a connection without unread bytes gives them back with {@link #park}, so that ten thousand idle
 * ones fit in a small heap. For use by one thread at a time.
 */
public final class TlsConnection implements Closeable {
    private static final SslContext CONTEXT = context();
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(60);
    private static final int RECORD = 17 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final ThreadLocal<ByteBuffer> OUTGOING =
            ThreadLocal.withInitial(() -> ByteBuffer.allocate(4 * RECORD));

    private final SocketChannel channel;
    private final SSLEngine engine;
    // Encrypted bytes that came, in write mode; decrypted ones that nobody has read, in read mode.
    private ByteBuffer network = NOTHING;
    private ByteBuffer plain = NOTHING;
    private boolean ended;
    private boolean closed;
    private @Nullable Deflation deflation;

    private TlsConnection(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
    }

    private static SslContext context() {
        // Says nothing of every certificate, whatever logger is on the class path.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    public static TlsConnection open(Endpoint endpoint) throws IOException {
        SocketChannel channel = SocketChannel.open();
        TlsConnection connection = new TlsConnection(channel, CONTEXT.newEngine(ByteBufAllocator.DEFAULT));
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(endpoint.host(), endpoint.port()));
            connection.handshake();
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void handshake() throws IOException {
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            advance(engine.getHandshakeStatus());
        }
    }

    private void advance(HandshakeStatus status) throws IOException {
        switch (status) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> encrypt(NOTHING.duplicate());
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                if (!decrypt()) {
                    receive(CONNECT_DEADLINE);
                }
            }
            case FINISHED, NOT_HANDSHAKING -> {}
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    public void write(byte[]... parts) throws IOException {
        Deflation compressed = deflation;
        for (byte[] part : parts) {
            encrypt(ByteBuffer.wrap(compressed == null ? part : compressed.wrap(part)));
        }
    }

    /** From now on both directions are raw deflate; nothing that came may be unread. */
    void deflate() {
        deflation = new Deflation();
    }

    private void encrypt(ByteBuffer source) throws IOException {
        ByteBuffer outgoing = OUTGOING.get();
        do {
            outgoing.clear();
            while (outgoing.remaining() >= RECORD) {
                engine.wrap(source, outgoing);
                if (!source.hasRemaining()) {
                    break;
                }
            }
            outgoing.flip();
            while (outgoing.hasRemaining()) {
                channel.write(outgoing);
            }
        } while (source.hasRemaining());
    }

    /** Decrypts what has come; false when not even one record of it is complete. */
    private boolean decrypt() throws IOException {
        if (network.position() == 0) {
            return false;
        }
        boolean progress = false;
        network.flip();
        plain.compact();
        try {
            Status status = Status.OK;
            while (status == Status.OK && network.hasRemaining()) {
                reserve();
                int before = plain.position();
                SSLEngineResult result = engine.unwrap(network, plain);
                inflate(before);
                status = result.getStatus();
                progress |= result.bytesConsumed() > 0;
                ended |= status == Status.CLOSED;
                if (result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                    // Within the handshake its loop goes on; after it, a ticket or a new key needs no more than this.
                    runTasks();
                    break;
                }
            }
        } finally {
            plain.flip();
            network.compact();
        }
        return progress;
    }

    /** What has just been decrypted, behind that position. */
    private void inflate(int position) throws WireException {
        Deflation compressed = deflation;
        if (compressed == null || plain.position() == position) {
            return;
        }
        byte[] octets = compressed.unwrap(plain.array(), plain.arrayOffset() + position, plain.position() - position);
        plain.position(position);
        if (plain.remaining() < octets.length) {
            plain = ByteBuffer.allocate(plain.position() + octets.length + RECORD)
                    .put(plain.flip());
        }
        plain.put(octets);
    }

    /** Room for one more record behind the decrypted bytes, which are in write mode here. */
    private void reserve() {
        if (plain.remaining() < RECORD) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * plain.capacity(), 2 * RECORD));
            plain = larger.put(plain.flip());
        }
    }

    /** Waits until some bytes have come. */
    private void receive(Duration atMost) throws IOException {
        if (network.capacity() == 0) {
            network = ByteBuffer.allocate(2 * RECORD);
        }
        channel.socket().setSoTimeout(Math.toIntExact(Math.max(1, atMost.toMillis())));
        InputStream stream = channel.socket().getInputStream();
        int count = stream.read(network.array(), network.position(), network.remaining());
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        network.position(network.position() + count);
    }

    /** The next line without its end, as ISO 8859-1; waits for it. */
    public String readLine(Duration atMost) throws IOException {
        long deadline = System.nanoTime() + atMost.toNanos();
        String line = bufferedLine();
        while (line == null) {
            more(deadline);
            line = bufferedLine();
        }
        return line;
    }

    public byte[] read(int count, Duration atMost) throws IOException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (plain.remaining() < count) {
            more(deadline);
        }
        byte[] bytes = new byte[count];
        plain.get(bytes);
        return bytes;
    }

    private void more(long deadline) throws IOException {
        while (!decrypt()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("nothing came in time");
            }
            if (ended) {
                throw new EOFException("the server closed the connection");
            }
            receive(Duration.ofNanos(left));
        }
    }

    /** The next line without its end, when it has come already; otherwise null. */
    @Nullable String bufferedLine() {
        int end = plain.limit();
        for (int index = plain.position(); index < end; index++) {
            if (plain.get(index) == '\n') {
                int start = plain.arrayOffset() + plain.position();
                int length = index - plain.position();
                plain.position(index + 1);
                boolean carriage = length > 0 && plain.get(index - 1) == '\r';
                return new String(plain.array(), start, carriage ? length - 1 : length, StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    /** From now on bytes are taken as the selector tells, until {@link #unwatch}. */
    public SelectionKey watch(Selector selector, Object attachment) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, attachment);
    }

    /** Back to waiting; the selector's next selection forgets the connection. */
    public void unwatch(SelectionKey key) throws IOException {
        key.cancel();
        key.selector().selectNow();
        channel.configureBlocking(true);
    }

    /** Takes what has come to a watched connection. */
    void takeAvailable() throws IOException {
        if (network.capacity() == 0) {
            network = ByteBuffer.allocate(2 * RECORD);
        }
        if (channel.read(network) < 0) {
            throw new EOFException("the server closed the connection");
        }
        while (decrypt()) {
            // One record after the other.
        }
    }

    /** Gives the buffers back when nothing unread is in them. */
    public void park() {
        if (!plain.hasRemaining() && network.position() == 0) {
            plain = NOTHING;
            network = NOTHING;
        }
    }

    /** Closes without the ceremony of TLS, as a phone does that goes out of reach. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            if (deflation != null) {
                deflation.close();
            }
            ReferenceCountUtil.release(engine);
        }
        channel.close();
    }
}
