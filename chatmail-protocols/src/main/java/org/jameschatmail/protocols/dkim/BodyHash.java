package org.jameschatmail.protocols.dkim;

import java.security.MessageDigest;
import org.jameschatmail.core.mime.Octets;

/** The SHA-256 and the length of a canonical body, taken as the body passes by. Not thread-safe. */
final class BodyHash {
    private final boolean relaxed;
    private final MessageDigest digest = Sha256.digest();
    private final Octets out = new Octets(this::hash);
    private long length;
    private long pendingLineBreaks;
    private boolean pendingBlank;
    private boolean pendingCarriageReturn;
    private boolean empty = true;

    BodyHash(Canonicalization canonicalization) {
        this.relaxed = canonicalization == Canonicalization.RELAXED;
    }

    /**
     * What a body hashes to.
     *
     * @param digest SHA-256
     * @param length octets that were hashed
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Result(byte[] digest, long length) {
        /** Whether this is the body that was signed, and the whole of it was. */
        boolean isThatOf(DkimSignature signature) {
            return signature.bodyLength().orElse(length) == length
                    && MessageDigest.isEqual(signature.bodyHash(), digest);
        }
    }

    void update(byte[] buffer, int count) {
        for (int i = 0; i < count; i++) {
            update(buffer[i]);
        }
    }

    /** Ends the body; to be called once. */
    Result finish() {
        if (pendingCarriageReturn) {
            add((byte) '\r');
        }
        if (!empty || !relaxed) {
            addLineBreak();
        }
        out.flush();
        return new Result(digest.digest(), length);
    }

    private void update(byte octet) {
        if (pendingCarriageReturn) {
            pendingCarriageReturn = false;
            if (octet == '\n') {
                pendingLineBreaks++;
                pendingBlank = false;
                return;
            }
            add((byte) '\r');
        }
        if (octet == '\r') {
            pendingCarriageReturn = true;
        } else if (relaxed && (octet == ' ' || octet == '\t')) {
            pendingBlank = true;
        } else {
            add(octet);
        }
    }

    /** Adds an octet of content, and before it what was held back in case nothing would follow. */
    private void add(byte octet) {
        for (; pendingLineBreaks > 0; pendingLineBreaks--) {
            addLineBreak();
        }
        if (pendingBlank) {
            out.add((byte) ' ');
            pendingBlank = false;
        }
        out.add(octet);
        empty = false;
    }

    private void addLineBreak() {
        out.add((byte) '\r');
        out.add((byte) '\n');
    }

    private void hash(byte[] buffer, int offset, int count) {
        digest.update(buffer, offset, count);
        length += count;
    }
}
