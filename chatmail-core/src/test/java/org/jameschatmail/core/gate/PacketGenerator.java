package org.jameschatmail.core.gate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;

/** Makes packet sequences of real packets, framed at random, about half of them damaged. */
final class PacketGenerator {
    /** @param framed whether lengths are given as they may be; Bouncy Castle takes partial session keys, we don't */
    record Packets(byte[] octets, boolean framed) {}

    private record Packet(int type, byte[] body) {}

    private static final int SEIPD = 18;
    private static final int[] OTHER_TYPES = {2, 4, 8, 9, 10, 11, 12, 13, 17, 19, 20, 21, 60};

    private final Random random;
    private final List<Packet> sessionKeys = new ArrayList<>();
    private final List<Packet> encrypted = new ArrayList<>();

    /** @param gnupg packets that GnuPG wrote, for their PKESK */
    PacketGenerator(Random random, byte[] gnupg) throws IOException, PGPException {
        this.random = random;
        sort(split(gnupg));
        for (int size : new int[] {1, 100, 300, 9000}) {
            sort(split(encrypt(
                    new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_128).setWithIntegrityPacket(true),
                    size)));
            sort(split(encrypt(
                    new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_128)
                            .setWithAEAD(AEADAlgorithmTags.OCB, 6)
                            .setUseV6AEAD(),
                    size)));
        }
    }

    Packets next() {
        List<Packet> packets = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            packets.add(pick(sessionKeys));
        }
        packets.add(pick(encrypted));
        boolean damage = random.nextBoolean();
        int kind = damage ? random.nextInt(10) : -1;
        damagePackets(packets, kind);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int partialKey = kind == 7 && packets.get(0).type() != SEIPD ? 0 : -1;
        for (int i = 0; i < packets.size(); i++) {
            write(out, packets.get(i), i == partialKey);
        }
        byte[] octets = out.toByteArray();
        return new Packets(damageOctets(octets, kind), partialKey < 0);
    }

    private void damagePackets(List<Packet> packets, int kind) {
        int last = packets.size() - 1;
        byte[] body = packets.get(last).body();
        switch (kind) {
            case 0 -> packets.remove(last);
            case 1 -> packets.add(pick(encrypted));
            case 2 ->
                packets.add(
                        random.nextInt(packets.size() + 1),
                        new Packet(OTHER_TYPES[random.nextInt(OTHER_TYPES.length)], new byte[random.nextInt(40)]));
            case 3 -> packets.set(last, new Packet(SEIPD, Arrays.copyOf(body, random.nextInt(2))));
            case 4 -> {
                byte[] other = body.clone();
                other[0] = (byte) (3 + random.nextInt(254));
                packets.set(last, new Packet(SEIPD, other));
            }
            case 5 -> Collections.shuffle(packets, random);
            default -> {}
        }
    }

    private byte[] damageOctets(byte[] octets, int kind) {
        return switch (kind) {
            case 6 -> Arrays.copyOf(octets, Math.max(0, octets.length - 1 - random.nextInt(40)));
            case 8 -> {
                byte[] longer = Arrays.copyOf(octets, octets.length + 1 + random.nextInt(3));
                longer[octets.length] = (byte) random.nextInt();
                yield longer;
            }
            case 9 -> {
                octets[0] ^= random.nextBoolean() ? 0x40 : 0x80;
                yield octets;
            }
            default -> octets;
        };
    }

    private void write(ByteArrayOutputStream out, Packet packet, boolean partial) {
        int length = packet.body().length;
        boolean old = packet.type() < 16 && !partial && random.nextBoolean();
        if (old) {
            int octets = length > 255 ? 1 + random.nextInt(2) : random.nextInt(3);
            out.write(0x80 | packet.type() << 2 | octets);
            writeNumber(out, length, 1 << octets);
        } else {
            out.write(0xC0 | packet.type());
            int written = partial || packet.type() == SEIPD && random.nextBoolean() ? writeChunks(out, packet) : 0;
            writeNewLength(out, length - written);
            out.write(packet.body(), written, length - written);
            return;
        }
        out.writeBytes(packet.body());
    }

    /** At least one chunk of a power of two that fits. */
    private int writeChunks(ByteArrayOutputStream out, Packet packet) {
        int written = 0;
        do {
            int exponent = random.nextInt(14);
            if (written + (1 << exponent) <= packet.body().length) {
                out.write(224 + exponent);
                out.write(packet.body(), written, 1 << exponent);
                written += 1 << exponent;
            }
        } while (packet.body().length > 0 && (written == 0 || random.nextInt(3) > 0));
        return written;
    }

    private void writeNewLength(ByteArrayOutputStream out, int length) {
        if (length < 192 && random.nextBoolean()) {
            out.write(length);
        } else if (length >= 192 && length < 8384 && random.nextBoolean()) {
            out.write((length - 192 >> 8) + 192);
            out.write(length - 192);
        } else {
            out.write(255);
            writeNumber(out, length, 4);
        }
    }

    private static void writeNumber(ByteArrayOutputStream out, int number, int octets) {
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.write(number >> shift);
        }
    }

    private Packet pick(List<Packet> packets) {
        return packets.get(random.nextInt(packets.size()));
    }

    private void sort(List<Packet> packets) {
        for (Packet packet : packets) {
            (packet.type() == SEIPD ? encrypted : sessionKeys).add(packet);
        }
    }

    private static byte[] encrypt(BcPGPDataEncryptorBuilder builder, int size) throws IOException, PGPException {
        PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(builder);
        generator.addMethod(new BcPBEKeyEncryptionMethodGenerator("password".toCharArray()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream plain = generator.open(out, new byte[1 << 15])) {
            plain.write(new byte[size]);
        }
        return out.toByteArray();
    }

    /** Splits packets of definite length. */
    private static List<Packet> split(byte[] octets) {
        List<Packet> packets = new ArrayList<>();
        int position = 0;
        while (position < octets.length) {
            int first = octets[position++] & 0xFF;
            int type = (first & 0x40) != 0 ? first & 0x3F : first >> 2 & 0x0F;
            int length = octets[position++] & 0xFF;
            if ((first & 0x40) == 0 && (first & 3) == 1) {
                length = length << 8 | octets[position++] & 0xFF;
            } else if ((first & 0x40) != 0 && length == 255) {
                length = ByteBuffer.wrap(octets, position, 4).getInt();
                position += 4;
            } else if ((first & 0x40) != 0 && length >= 192) {
                length = (length - 192 << 8) + (octets[position++] & 0xFF) + 192;
            }
            packets.add(new Packet(type, Arrays.copyOfRange(octets, position, position + length)));
            position += length;
        }
        return packets;
    }
}
