package org.jameschatmail.protocols.dkim;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;

/**
 * The algorithms that count: {@code rsa-sha1} does no more.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8301">RFC 8301</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8463">RFC 8463</a>
 */
enum Algorithm {
    RSA("rsa", "rsa-sha256", "SHA256withRSA"),
    ED25519("ed25519", "ed25519-sha256", "Ed25519");

    private final String keyType;
    private final String signatureType;
    private final String signatureName;

    Algorithm(String keyType, String signatureType, String signatureName) {
        this.keyType = keyType;
        this.signatureType = signatureType;
        this.signatureName = signatureName;
    }

    /** By the {@code k=} of a key. */
    static Optional<Algorithm> ofKey(String name) {
        for (Algorithm algorithm : values()) {
            if (algorithm.keyType.equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** By the {@code a=} of a signature. */
    static Optional<Algorithm> ofSignature(String name) {
        for (Algorithm algorithm : values()) {
            if (algorithm.signatureType.equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** Whether the signature is that of the data; false for whatever can't be a signature. */
    boolean verify(PublicKey key, byte[] data, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(signatureName);
            verifier.initVerify(key);
            verifier.update(this == ED25519 ? Sha256.digest().digest(data) : data);
            return verifier.verify(signature);
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }
}
