package org.jameschatmail.core.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that signs mail, and the record by which others verify it. Immutable, thread-safe.
 *
 * @param selector the label of the record, in front of {@code ._domainkey.DOMAIN}
 */
public record SigningKey(String selector, Algorithm algorithm, KeyPair keys) {
    private static final int RSA_BITS = 2048;
    private static final int ED25519_OCTETS = 32;
    private static final int LINE = 64;
    private static final String PRIVATE = "PRIVATE KEY";
    private static final int LEAST_RSA_BITS = 1024;
    private static final String RSA_PRIVATE = "RSA PRIVATE KEY";
    private static final byte[] RSA_VERSION_AND_KIND = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
    private static final String PUBLIC = "PUBLIC KEY";

    /** The kinds of keys. */
    public enum Algorithm {
        RSA("rsa-sha256", "rsa"),
        ED25519("ed25519-sha256", "ed25519");

        private final String tag;
        private final String keyType;

        Algorithm(String tag, String keyType) {
            this.tag = tag;
            this.keyType = keyType;
        }

        /** As the {@code a=} of a signature names it. */
        String tag() {
            return tag;
        }
    }

    /** Makes a new key: RSA of 2048 bits, or Ed25519. */
    public static SigningKey generate(String selector, Algorithm algorithm, SecureRandom random) {
        try {
            return switch (algorithm) {
                case RSA -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                    generator.initialize(RSA_BITS, random);
                    yield new SigningKey(selector, algorithm, generator.generateKeyPair());
                }
                case ED25519 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
                    yield new SigningKey(selector, algorithm, generator.generateKeyPair());
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK can do this", e);
        }
    }

    /**
     * Reads what {@link #toPem} wrote.
     *
     * @throws IllegalArgumentException when it is no such text
     */
    public static SigningKey fromPem(String selector, String pem) {
        byte[] encodedPrivate = block(pem, PRIVATE);
        byte[] encodedPublic = block(pem, PUBLIC);
        for (Algorithm algorithm : Algorithm.values()) {
            try {
                KeyFactory factory = KeyFactory.getInstance(algorithm == Algorithm.RSA ? "RSA" : "Ed25519");
                PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(encodedPrivate));
                PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(encodedPublic));
                return new SigningKey(selector, algorithm, new KeyPair(publicKey, privateKey));
            } catch (GeneralSecurityException notOfThisKind) {
                // The other one may be.
            }
        }
        throw new IllegalArgumentException("Neither an RSA nor an Ed25519 key");
    }

    /**
     * Reads an RSA key as other servers keep it: the private key alone, by itself (PKCS #1) or with its kind (PKCS #8).
     *
     * @throws IllegalArgumentException when it is no such text, or a key that others don't accept
     */
    public static SigningKey fromPrivatePem(String selector, String pem) {
        boolean bare = pem.contains("BEGIN " + RSA_PRIVATE);
        byte[] encoded = bare ? withKind(block(pem, RSA_PRIVATE)) : block(pem, PRIVATE);
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            if (!(factory.generatePrivate(new PKCS8EncodedKeySpec(encoded)) instanceof RSAPrivateCrtKey privateKey)) {
                throw new IllegalArgumentException("The key has no public half");
            }
            if (privateKey.getModulus().bitLength() < LEAST_RSA_BITS) {
                throw new IllegalArgumentException(
                        "A key of fewer than " + LEAST_RSA_BITS + " bits is refused by others");
            }
            PublicKey publicKey = factory.generatePublic(
                    new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
            return new SigningKey(selector, Algorithm.RSA, new KeyPair(publicKey, privateKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("It holds no RSA key", e);
        }
    }

    /** A PKCS #1 key as PKCS #8: {@code SEQUENCE { 0, { rsaEncryption, NULL }, OCTET STRING }} in DER. */
    private static byte[] withKind(byte[] key) {
        byte[] content = concat(RSA_VERSION_AND_KIND, concat(derHead(0x04, key.length), key));
        return concat(derHead(0x30, content.length), content);
    }

    private static byte[] derHead(int tag, int length) {
        return new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] block(String pem, String label) {
        String begin = "-----BEGIN " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + label + "-----", Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("No " + label + " in it");
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }

    /** The private key (PKCS #8) and the public key (SPKI). */
    public String toPem() {
        return block(PRIVATE, keys.getPrivate().getEncoded())
                + block(PUBLIC, keys.getPublic().getEncoded());
    }

    private static String block(String label, byte[] encoded) {
        String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label);
    }

    /** The text of the record {@code SELECTOR._domainkey.DOMAIN}: SPKI for RSA, the bare key for Ed25519. */
    public String record() {
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] published = algorithm == Algorithm.RSA
                ? encoded
                : Arrays.copyOfRange(encoded, encoded.length - ED25519_OCTETS, encoded.length);
        return "v=DKIM1; k=" + algorithm.keyType + "; p=" + Base64.getEncoder().encodeToString(published);
    }

    byte[] sign(byte[] data) {
        try {
            Signature signature = Signature.getInstance(algorithm == Algorithm.RSA ? "SHA256withRSA" : "Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(algorithm == Algorithm.RSA ? data : sha256().digest(data));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK can do this", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK can do this", e);
        }
    }
}
