package org.jameschatmail.core.mime;

/** A small buffer that hands its octets on whenever it is full. Not thread-safe. */
public final class Octets {
    /** Takes octets; the buffer is the caller's and valid during the call only. */
    @FunctionalInterface
    public interface Sink {
        void accept(byte[] buffer, int offset, int length);
    }

    private final byte[] buffer = new byte[1024];
    private final Sink sink;
    private int size;

    public Octets(Sink sink) {
        this.sink = sink;
    }

    public void add(byte octet) {
        if (size == buffer.length) {
            flush();
        }
        buffer[size++] = octet;
    }

    /** Adds three octets, the low eight bits of each. */
    void add(int first, int second, int third) {
        if (size > buffer.length - 3) {
            flush();
        }
        buffer[size] = (byte) first;
        buffer[size + 1] = (byte) second;
        buffer[size + 2] = (byte) third;
        size += 3;
    }

    public void flush() {
        if (size > 0) {
            sink.accept(buffer, 0, size);
            size = 0;
        }
    }
}
