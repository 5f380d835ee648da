package org.jameschatmail.protocols.dkim;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A public key as a domain publishes it. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1">RFC 6376, section 3.6.1</a>
 * @param identityIsDomain whether it signs for the domain alone ({@code t=s}): an {@code i=} of a subdomain is refused
 */
record DkimKey(Algorithm algorithm, PublicKey publicKey, boolean identityIsDomain) {
    private static final int SMALLEST_MODULUS = 1024;
    /** Larger ones are no safer and cost us time at the sender's will. */
    private static final int LARGEST_MODULUS = 8192;

    private static final int LARGEST_EXPONENT = 64;
    private static final int LONGEST_RECORD = 8192;
    private static final int ED25519_LENGTH = 32;
    /** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410, section 4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /**
     * Reads a TXT record, its strings joined. One without {@code v=}, or with quotes that a zone file left in it, is
     * read all the same. Empty when it is no key, is revoked (an empty {@code p=}), isn't for mail or for SHA-256, or
     * is an RSA key below {@value #SMALLEST_MODULUS} bits.
     */
    static Optional<DkimKey> parse(String record) {
        if (record.length() > LONGEST_RECORD) {
            return Optional.empty();
        }
        return TagList.parse(record.replace("\"", "")).flatMap(DkimKey::of);
    }

    private static Optional<DkimKey> of(TagList tags) {
        boolean fits = tags.get("v").orElse("DKIM1").equals("DKIM1")
                && tags.get("h").map(TagList::words).orElse(List.of("sha256")).contains("sha256")
                && !Collections.disjoint(tags.get("s").map(TagList::words).orElse(List.of("*")), List.of("*", "email"));
        Optional<Algorithm> algorithm = Algorithm.ofKey(tags.get("k").orElse("rsa"));
        if (!fits || algorithm.isEmpty()) {
            return Optional.empty();
        }
        boolean identityIsDomain =
                tags.get("t").map(TagList::words).orElse(List.of()).contains("s");
        return tags.compact("p")
                .filter(encoded -> !encoded.isEmpty())
                .flatMap(encoded -> publicKey(algorithm.get(), encoded))
                .map(key -> new DkimKey(algorithm.get(), key, identityIsDomain));
    }

    private static Optional<PublicKey> publicKey(Algorithm algorithm, String encoded) {
        try {
            byte[] octets = Base64.getDecoder().decode(encoded);
            return Optional.of(
                            switch (algorithm) {
                                case RSA -> rsa(octets);
                                case ED25519 -> ed25519(octets);
                            })
                    .filter(DkimKey::hasSoundSize);
        } catch (IllegalArgumentException | GeneralSecurityException garbage) {
            return Optional.empty();
        }
    }

    private static PublicKey rsa(byte[] subjectPublicKeyInfo) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        if (point.length != ED25519_LENGTH) {
            throw new IllegalArgumentException("An Ed25519 key has 32 octets");
        }
        ByteArrayOutputStream subjectPublicKeyInfo = new ByteArrayOutputStream();
        subjectPublicKeyInfo.writeBytes(ED25519_PREFIX);
        subjectPublicKeyInfo.writeBytes(point);
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo.toByteArray()));
    }

    private static boolean hasSoundSize(PublicKey key) {
        if (!(key instanceof RSAPublicKey rsa)) {
            return true;
        }
        int bits = rsa.getModulus().bitLength();
        return bits >= SMALLEST_MODULUS
                && bits <= LARGEST_MODULUS
                && rsa.getPublicExponent().bitLength() <= LARGEST_EXPONENT;
    }
}
