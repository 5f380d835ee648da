package org.jameschatmail.web;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jameschatmail.core.gate.IncomingDoor;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;

/** A door that keeps what is brought, and refuses what a test wants refused. */
final class RecordingDoor implements IncomingDoor {
    /** What came to its end. */
    record Message(InetAddress client, Optional<String> sender, List<String> recipients, String body) {}

    final List<Message> messages = new CopyOnWriteArrayList<>();
    /** A permit for each transfer that was begun, with or without an end. */
    final Semaphore opened = new Semaphore(0);
    /** A permit for each transfer that was closed. */
    final Semaphore closed = new Semaphore(0);

    volatile Optional<Rejected> atTheEnvelope = Optional.empty();
    volatile Supplier<Optional<Rejected>> atTheEnd = Optional::empty;
    volatile CountDownLatch mayEnd = new CountDownLatch(0);

    @Override
    public Transfer open(InetAddress client, Optional<String> sender, List<String> recipients) {
        return new OneMessage(client, sender, List.copyOf(recipients), atTheEnvelope);
    }

    @Override
    public Transfer refuse(Reason reason) {
        return new OneMessage(
                InetAddress.getLoopbackAddress(), Optional.empty(), List.of(), Optional.of(Rejected.of(reason)));
    }

    private final class OneMessage implements Transfer {
        private final InetAddress client;
        private final Optional<String> sender;
        private final List<String> recipients;
        private final Optional<Rejected> refusal;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        OneMessage(InetAddress client, Optional<String> sender, List<String> recipients, Optional<Rejected> refusal) {
            this.client = client;
            this.sender = sender;
            this.recipients = recipients;
            this.refusal = refusal;
            opened.release();
        }

        @Override
        public Optional<Rejected> refusal() {
            return refusal;
        }

        @Override
        public void write(byte[] octets, int length) {
            body.write(octets, 0, length);
        }

        @Override
        public Optional<Rejected> finish() {
            if (refusal.isPresent()) {
                return refusal;
            }
            TestSite.await(mayEnd);
            Optional<Rejected> rejected = atTheEnd.get();
            if (rejected.isEmpty()) {
                messages.add(new Message(client, sender, recipients, body.toString(StandardCharsets.ISO_8859_1)));
            }
            return rejected;
        }

        @Override
        public void close() {
            closed.release();
        }
    }
}
