package org.jameschatmail.core.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** The hash of a body as it is, but with exactly one line end at its end (RFC 6376, section 3.4.3). For one use. */
final class SimpleBody {
    private static final int BUFFER = 8192;

    private final MessageDigest digest = SigningKey.sha256();
    private final byte[] kept = new byte[BUFFER];
    private int keptCount;
    /** Line ends that count only when something follows. */
    private int lineEnds;

    private boolean carriageReturn;

    private SimpleBody() {}

    static byte[] hash(InputStream body) throws IOException {
        SimpleBody hash = new SimpleBody();
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            for (int index = 0; index < count; index++) {
                hash.take(buffer[index]);
            }
        }
        return hash.end();
    }

    private void take(byte octet) {
        if (carriageReturn) {
            carriageReturn = false;
            if (octet == '\n') {
                lineEnds++;
                return;
            }
            keep((byte) '\r');
        }
        if (octet == '\r') {
            carriageReturn = true;
        } else {
            keep(octet);
        }
    }

    private void keep(byte octet) {
        for (; lineEnds > 0; lineEnds--) {
            write((byte) '\r');
            write((byte) '\n');
        }
        write(octet);
    }

    private void write(byte octet) {
        if (keptCount == kept.length) {
            digest.update(kept);
            keptCount = 0;
        }
        kept[keptCount++] = octet;
    }

    private byte[] end() {
        if (carriageReturn) {
            keep((byte) '\r');
        }
        write((byte) '\r');
        write((byte) '\n');
        digest.update(kept, 0, keptCount);
        return digest.digest();
    }
}
