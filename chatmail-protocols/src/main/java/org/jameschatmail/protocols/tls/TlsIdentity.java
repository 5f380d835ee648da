package org.jameschatmail.protocols.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A private key, EC or RSA, and the chain that certifies it, the server's own certificate first. The two are proven to
 * belong together. Immutable.
 */
public record TlsIdentity(PrivateKey privateKey, List<X509Certificate> chain) {
    private static final int CHALLENGE_BYTES = 32;

    /** @throws IllegalArgumentException where the key is neither EC nor RSA, or isn't the one certified */
    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
        if (!belongTogether(privateKey, chain.get(0))) {
            throw new IllegalArgumentException("the private key does not belong to the certificate");
        }
    }

    /** The server's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** {@code EC} or {@code RSA}. */
    public String keyType() {
        return privateKey.getAlgorithm();
    }

    public Instant notBefore() {
        return certificate().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return certificate().getNotAfter().toInstant();
    }

    @Override
    public String toString() {
        return "TlsIdentity[" + keyType() + ", until " + notAfter() + "]";
    }

    private static boolean belongTogether(PrivateKey privateKey, X509Certificate certificate) {
        String algorithm = signatureAlgorithm(privateKey);
        if (!certificate.getPublicKey().getAlgorithm().equals(privateKey.getAlgorithm())) {
            return false;
        }
        try {
            byte[] challenge = new byte[CHALLENGE_BYTES];
            new SecureRandom().nextBytes(challenge);
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey);
            signer.update(challenge);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(challenge);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String signatureAlgorithm(PrivateKey privateKey) {
        return switch (privateKey.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default ->
                throw new IllegalArgumentException("a private key is EC or RSA here, not " + privateKey.getAlgorithm());
        };
    }
}
