package org.jameschatmail.protocols.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest of DKIM since SHA-1 was dropped (RFC 8301). */
final class Sha256 {
    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
