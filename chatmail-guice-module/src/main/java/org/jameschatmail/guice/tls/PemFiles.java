package org.jameschatmail.guice.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * Reads the PEM files of certificates and keys: chains, PKCS#8, and the older forms {@code EC PRIVATE KEY} and
 * {@code RSA PRIVATE KEY}. Encrypted keys are refused, since nobody is there at the start to type a password.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class PemFiles {
    private static final int MAXIMUM_BYTES = 1_048_576;
    private static final int LINE = 64;

    private PemFiles() {}

    /**
     * All certificates of {@code file}, in its order.
     *
     * @param name what the operator calls the file: {@code tls.certificate}
     */
    static List<X509Certificate> readChain(String name, Path file) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Object object : readObjects(name, file)) {
            if (object instanceof X509CertificateHolder holder) {
                try {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                } catch (CertificateException e) {
                    throw new UnusableCertificateException(name + ": a certificate in " + file + " is malformed", e);
                }
            }
        }
        if (chain.isEmpty()) {
            throw new UnusableCertificateException(name + ": no PEM certificate in " + file);
        }
        return chain;
    }

    /**
     * The first private key of {@code file}.
     *
     * @param name what the operator calls the file: {@code tls.private-key}
     */
    static PrivateKey readPrivateKey(String name, Path file) throws IOException {
        for (Object object : readObjects(name, file)) {
            if (object instanceof PEMKeyPair pair) {
                return convert(name, file, pair.getPrivateKeyInfo());
            }
            if (object instanceof PrivateKeyInfo info) {
                return convert(name, file, info);
            }
            if (object instanceof PKCS8EncryptedPrivateKeyInfo || object instanceof PEMEncryptedKeyPair) {
                throw new UnusableCertificateException(
                        name + ": the private key in " + file + " is encrypted; a key without a password is needed");
            }
        }
        throw new UnusableCertificateException(name + ": no PEM private key in " + file);
    }

    /** One PEM block, lines of 64 characters. */
    static String encode(String label, byte[] content) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static PrivateKey convert(String name, Path file, PrivateKeyInfo info) throws IOException {
        try {
            return KeyFactory.getInstance(algorithm(info)).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new UnusableCertificateException(
                    name + ": the private key in " + file + " is malformed or neither EC nor RSA", e);
        }
    }

    /**
     * The name TLS knows the kind of key by. Bouncy Castle's own conversion would answer ECDSA as soon as anything in
     * the process registers its provider, which James does.
     */
    private static String algorithm(PrivateKeyInfo info) throws NoSuchAlgorithmException {
        ASN1ObjectIdentifier identifier = info.getPrivateKeyAlgorithm().getAlgorithm();
        if (identifier.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return "EC";
        }
        if (identifier.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "RSA";
        }
        throw new NoSuchAlgorithmException(identifier.getId());
    }

    private static List<Object> readObjects(String name, Path file) throws IOException {
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(readText(name, file)))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
            return objects;
        } catch (UnusableCertificateException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UnusableCertificateException(name + ": " + file + " is not well-formed PEM", e);
        }
    }

    private static String readText(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAXIMUM_BYTES + 1);
            if (content.length > MAXIMUM_BYTES) {
                throw new UnusableCertificateException(name + ": " + file + " is larger than 1 MiB");
            }
            return new String(content, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new UnusableCertificateException(name + ": there is no file " + file, e);
        } catch (UnusableCertificateException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableCertificateException(name + ": " + file + " can't be read: " + e.getMessage(), e);
        }
    }
}
