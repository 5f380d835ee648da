package org.jameschatmail.protocols.imap.compression;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.compression.DecompressionException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Inflates one raw deflate stream that comes in pieces. Between blocks, where every flush of a client leaves it, it holds
 * no more than the last octets it has made: as many as there were, 32 KiB at most. The JDK's holds a native 7 KiB beside a
 * whole window, also for a connection that has said a dozen lines and idles for days. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>
 */
final class Inflation {
    private static final HuffmanCode FIXED_LITERALS = HuffmanCode.fixedLiterals();
    private static final HuffmanCode FIXED_DISTANCES = HuffmanCode.fixedDistances();
    private static final int END_OF_BLOCK = 256;
    private static final int[] LENGTH_BASES = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] DISTANCE_BASES = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    private static final int[] DISTANCE_BITS = {
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
    };

    /** What comes next. */
    private enum Step {
        BLOCK,
        STORED_SIZE,
        STORED,
        CODES,
        SYMBOL,
        LENGTH,
        DISTANCE,
        DISTANCE_REST,
        COPY,
        END
    }

    private final Recent recent = new Recent();
    private Step step = Step.BLOCK;
    private boolean last;
    private long bits;
    private int available;

    /** Octets left of a stored block, or of a copy. */
    private int left;

    private int symbol;
    private int distance;
    private @Nullable CodeReader codes;
    private @Nullable HuffmanCode literals;
    private @Nullable HuffmanCode distances;

    /**
     * Makes at most so many octets; what comes in is read to its end unless that many are made before.
     *
     * @return false when all that has come is read, and nothing more can be made of it
     * @throws DecompressionException when it isn't deflated, or the stream has ended and more comes
     */
    boolean inflate(ByteBuf in, ByteBuf out, int most) {
        int end = out.writerIndex() + most;
        while (out.writerIndex() < end) {
            if (!advance(in, out, end)) {
                return false;
            }
        }
        return true;
    }

    /** One step; false when it needs more than has come. */
    private boolean advance(ByteBuf in, ByteBuf out, int end) {
        return switch (step) {
            case BLOCK -> beginBlock(in);
            case STORED_SIZE -> readStoredSize(in);
            case STORED -> copyStored(in, out, end);
            case CODES -> readCodes(in);
            case SYMBOL -> readSymbol(in, out);
            case LENGTH -> readLength(in);
            case DISTANCE -> readDistance(in);
            case DISTANCE_REST -> readDistanceRest(in);
            case COPY -> copy(out, end);
            case END -> {
                if (in.isReadable()) {
                    throw new DecompressionException("More than the stream");
                }
                yield false;
            }
        };
    }

    private boolean has(int count, ByteBuf in) {
        while (available < count) {
            if (!in.isReadable()) {
                return false;
            }
            bits |= (long) in.readUnsignedByte() << available;
            available += 8;
        }
        return true;
    }

    private int take(int count) {
        int taken = (int) (bits & ((1L << count) - 1));
        bits >>>= count;
        available -= count;
        return taken;
    }

    private boolean beginBlock(ByteBuf in) {
        if (!has(3, in)) {
            return false;
        }
        last = take(1) == 1;
        step = switch (take(2)) {
            case 0 -> {
                take(available % 8);
                yield Step.STORED_SIZE;
            }
            case 1 -> {
                literals = FIXED_LITERALS;
                distances = FIXED_DISTANCES;
                yield Step.SYMBOL;
            }
            case 2 -> {
                codes = new CodeReader();
                yield Step.CODES;
            }
            default -> throw new DecompressionException("No such kind of block");
        };
        return true;
    }

    private void endBlock() {
        literals = null;
        distances = null;
        step = last ? Step.END : Step.BLOCK;
    }

    private boolean readStoredSize(ByteBuf in) {
        if (!has(32, in)) {
            return false;
        }
        int size = take(16);
        if (size != (~take(16) & 0xffff)) {
            throw new DecompressionException("A stored block of two sizes");
        }
        left = size;
        step = Step.STORED;
        return true;
    }

    private boolean copyStored(ByteBuf in, ByteBuf out, int end) {
        while (left > 0 && available > 0 && out.writerIndex() < end) {
            make((byte) take(8), out);
            left--;
        }
        int count = Math.min(Math.min(left, end - out.writerIndex()), in.readableBytes());
        if (available == 0 && count > 0) {
            recent.add(in, in.readerIndex(), count);
            out.writeBytes(in, count);
            left -= count;
        }
        if (left == 0) {
            endBlock();
            return true;
        }
        return out.writerIndex() >= end;
    }

    private boolean readCodes(ByteBuf in) {
        CodeReader reader = codes;
        if (reader == null) {
            throw new IllegalStateException("a block of codes without codes");
        }
        while (!reader.isComplete()) {
            boolean enough = has(reader.needs(), in);
            int used = reader.read(bits, available);
            if (used == 0) {
                if (!enough) {
                    return false;
                }
                throw new IllegalStateException("bits that are enough and aren't");
            }
            take(used);
        }
        literals = reader.literals();
        distances = reader.distances();
        codes = null;
        step = Step.SYMBOL;
        return true;
    }

    private boolean readSymbol(ByteBuf in, ByteBuf out) {
        int read = readCode(literals, in);
        if (read == HuffmanCode.INCOMPLETE) {
            return false;
        }
        if (read < END_OF_BLOCK) {
            make((byte) read, out);
        } else if (read == END_OF_BLOCK) {
            endBlock();
        } else if (read - END_OF_BLOCK > LENGTH_BASES.length) {
            throw new DecompressionException("No such length");
        } else {
            symbol = read - END_OF_BLOCK - 1;
            step = Step.LENGTH;
        }
        return true;
    }

    private boolean readLength(ByteBuf in) {
        if (!has(LENGTH_BITS[symbol], in)) {
            return false;
        }
        left = LENGTH_BASES[symbol] + take(LENGTH_BITS[symbol]);
        step = Step.DISTANCE;
        return true;
    }

    private boolean readDistance(ByteBuf in) {
        int read = readCode(distances, in);
        if (read == HuffmanCode.INCOMPLETE) {
            return false;
        }
        if (read >= DISTANCE_BASES.length) {
            throw new DecompressionException("No such distance");
        }
        symbol = read;
        step = Step.DISTANCE_REST;
        return true;
    }

    private boolean readDistanceRest(ByteBuf in) {
        if (!has(DISTANCE_BITS[symbol], in)) {
            return false;
        }
        distance = DISTANCE_BASES[symbol] + take(DISTANCE_BITS[symbol]);
        if (distance > recent.count()) {
            throw new DecompressionException("A copy of what never was");
        }
        step = Step.COPY;
        return true;
    }

    private boolean copy(ByteBuf out, int end) {
        while (left > 0 && out.writerIndex() < end) {
            make(recent.before(distance), out);
            left--;
        }
        if (left == 0) {
            step = Step.SYMBOL;
        }
        return true;
    }

    private int readCode(@Nullable HuffmanCode code, ByteBuf in) {
        if (code == null) {
            throw new IllegalStateException("a symbol without a code");
        }
        has(HuffmanCode.LONGEST, in);
        int decoded = code.decode(bits, available);
        if (decoded == HuffmanCode.INCOMPLETE) {
            return decoded;
        }
        take(HuffmanCode.length(decoded));
        return HuffmanCode.symbol(decoded);
    }

    private void make(byte octet, ByteBuf out) {
        recent.add(octet);
        out.writeByte(octet);
    }

    /** Octets held between blocks. */
    int held() {
        return recent.capacity();
    }

    /** What has been made last, as a ring that grows with it. */
    private static final class Recent {
        private static final int LEAST = 256;
        private static final int MOST = 32 * 1024;

        private byte[] ring = new byte[LEAST];
        private int next;
        private int count;

        void add(byte octet) {
            if (count == ring.length && count < MOST) {
                grow(count + 1);
            }
            ring[next] = octet;
            next = (next + 1) & (ring.length - 1);
            count = Math.min(count + 1, ring.length);
        }

        void add(ByteBuf octets, int start, int length) {
            int kept = Math.min(length, MOST);
            if (count + kept > ring.length && ring.length < MOST) {
                grow(Math.min(MOST, count + kept));
            }
            int from = start + length - kept;
            int first = Math.min(kept, ring.length - next);
            octets.getBytes(from, ring, next, first);
            octets.getBytes(from + first, ring, 0, kept - first);
            next = (next + kept) & (ring.length - 1);
            count = Math.min(count + kept, ring.length);
        }

        /** A ring that isn't as large as it may be has never been overwritten: it begins at 0. */
        private void grow(int needed) {
            int size = ring.length;
            while (size < needed) {
                size *= 2;
            }
            ring = Arrays.copyOf(ring, size);
            next = count & (size - 1);
        }

        byte before(int distance) {
            return ring[(next - distance) & (ring.length - 1)];
        }

        int count() {
            return count;
        }

        int capacity() {
            return ring.length;
        }
    }
}
