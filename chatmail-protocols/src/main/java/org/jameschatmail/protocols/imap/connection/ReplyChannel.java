package org.jameschatmail.protocols.imap.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.james.imap.message.Literal;
import org.jameschatmail.protocols.imap.Outflow;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Writes replies to a connection and counts what its client hasn't taken yet. Small parts go out together when they are
 * flushed, a large literal in pieces as the client takes them. A client that has left {@value #MOST} octets of lines
 * untaken is cut off: it can only be one that doesn't read at all. Thread-safe.
 */
final class ReplyChannel implements Outflow {
    /** Octets that may wait while more is written. */
    private static final int WINDOW = 128 * 1024;

    private static final int MOST = 32 * 1024 * 1024;
    private static final int SMALL_LITERAL = 64 * 1024;
    private static final int UNFLUSHED = 32 * 1024;

    private final Channel channel;
    private final Scheduler commandThreads;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong waitingLines = new AtomicLong();
    private final Queue<MonoSink<Void>> askers = new ConcurrentLinkedQueue<>();
    private final Object unflushedLock = new Object();

    /** Lines that go out by one write, which costs the event loop one task; takes no room while a connection idles. */
    private List<byte[]> unflushed = List.of();

    private int unflushedOctets;

    /**
     * @param commandThreads where a command goes on that has waited for room
     */
    ReplyChannel(Channel channel, Scheduler commandThreads) {
        this.channel = channel;
        this.commandThreads = commandThreads;
        channel.closeFuture().addListener(closed -> answer());
    }

    void write(byte[] octets) {
        if (!channel.isActive()) {
            return;
        }
        waiting.addAndGet(octets.length);
        if (waitingLines.addAndGet(octets.length) > MOST) {
            channel.close();
        }
        if (keep(octets) > UNFLUSHED) {
            flush();
        }
    }

    /** Tells how many octets are to be flushed then. */
    private int keep(byte[] octets) {
        synchronized (unflushedLock) {
            if (unflushed.isEmpty()) {
                unflushed = new ArrayList<>();
            }
            unflushed.add(octets);
            unflushedOctets += octets.length;
            return unflushedOctets;
        }
    }

    void write(Literal literal) throws IOException {
        if (!channel.isActive()) {
            return;
        }
        long octets = literal.size();
        if (octets <= SMALL_LITERAL) {
            try (InputStream content = literal.getInputStream()) {
                write(content.readAllBytes());
            }
            return;
        }
        waiting.addAndGet(octets);
        flush();
        LiteralPieces pieces = new LiteralPieces(literal.getInputStream(), octets, commandThreads, channel);
        channel.writeAndFlush(pieces).addListener(done -> {
            taken(octets);
            if (!done.isSuccess()) {
                // The client counts on octets that don't come.
                channel.close();
            }
        });
    }

    /** Who flushes first writes first: the taking is under the same lock. */
    void flush() {
        synchronized (unflushedLock) {
            if (unflushed.isEmpty()) {
                return;
            }
            ByteBuf together = Unpooled.wrappedBuffer(unflushed.toArray(byte[][]::new));
            int octets = together.readableBytes();
            unflushed = List.of();
            unflushedOctets = 0;
            channel.writeAndFlush(together).addListener(written -> {
                waitingLines.addAndGet(-octets);
                taken(octets);
            });
        }
    }

    private void taken(long octets) {
        if (waiting.addAndGet(-octets) <= WINDOW) {
            answer();
        }
    }

    /** Whoever is answered may write at once, and take the room from the next. */
    private void answer() {
        while (waiting.get() <= WINDOW || !channel.isActive()) {
            MonoSink<Void> asker = askers.poll();
            if (asker == null) {
                return;
            }
            if (channel.isActive()) {
                asker.success();
            } else {
                asker.error(new ClosedChannelException());
            }
        }
    }

    @Override
    public Mono<Void> room() {
        return Mono.defer(() -> {
            if (!channel.isActive()) {
                return Mono.error(new ClosedChannelException());
            }
            return waiting.get() <= WINDOW
                    ? Mono.empty()
                    : Mono.<Void>create(this::ask).publishOn(commandThreads);
        });
    }

    private void ask(MonoSink<Void> asker) {
        askers.add(asker);
        flush();
        answer();
    }
}
