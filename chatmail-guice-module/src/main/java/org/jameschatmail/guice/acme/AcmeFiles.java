package org.jameschatmail.guice.acme;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jameschatmail.core.acme.RenewalState;
import org.jameschatmail.guice.tls.DurableFile;
import org.jameschatmail.protocols.tls.PemFile;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code acme} of the data directory: the account's key, the certificate that is presented together with its
 * key, the key of an order that is under way, and what is to be remembered. Each file is replaced in one step and only
 * its owner may read it.
 */
public record AcmeFiles(Path folder) {
    private static final Logger LOGGER = LoggerFactory.getLogger(AcmeFiles.class);
    private static final String NAME = "tls.mode=acme";
    private static final String CURVE = "secp256r1";

    /** Those of a data directory. */
    public static AcmeFiles in(Path data) {
        return new AcmeFiles(data.resolve("acme"));
    }

    /** The key and the chain in one file, so that they always belong together. */
    public Path identityFile() {
        return folder.resolve("certificate.pem");
    }

    private Path stateFile() {
        return folder.resolve("state");
    }

    private Path orderKeyFile() {
        return folder.resolve("order-key.pem");
    }

    /** What is presented; nothing where there is no such file or it can't be used. */
    public Optional<TlsIdentity> identity() {
        if (Files.notExists(identityFile())) {
            return Optional.empty();
        }
        try {
            PrivateKey privateKey = PemFile.read(NAME, identityFile()).privateKey();
            return Optional.of(new TlsIdentity(
                    privateKey, PemFile.read(NAME, identityFile()).chain()));
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.warn("The certificate can't be used: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The same where an authority has signed it, and not we ourselves until one has. */
    public Optional<TlsIdentity> certified() {
        return identity().filter(identity -> !isStandIn(identity));
    }

    static boolean isStandIn(TlsIdentity identity) {
        X509Certificate certificate = identity.certificate();
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    void present(TlsIdentity identity) throws IOException {
        DurableFile.createPrivateFolder(folder);
        StringBuilder pem = new StringBuilder(
                PemFile.encode("PRIVATE KEY", identity.privateKey().getEncoded()));
        for (X509Certificate certificate : identity.chain()) {
            try {
                pem.append(PemFile.encode("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IOException("a certificate that can't be written", e);
            }
        }
        DurableFile.replace(identityFile(), pem.toString());
    }

    /** What was remembered; nothing where it can't be read. */
    public Optional<RenewalState> state() throws IOException {
        return Files.exists(stateFile())
                ? RenewalState.parse(Files.readString(stateFile(), StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    void remember(RenewalState state) throws IOException {
        DurableFile.createPrivateFolder(folder);
        DurableFile.replace(stateFile(), state.text());
    }

    /** Who the authority knows us by; made where there is none. */
    KeyPair accountKey(SecureRandom random) throws IOException {
        Path file = folder.resolve("account-key.pem");
        return Files.exists(file) ? read(file) : write(file, random);
    }

    /** The key of the order that is under way, if it can still be read. */
    Optional<KeyPair> orderKey() {
        try {
            return Files.exists(orderKeyFile()) ? Optional.of(read(orderKeyFile())) : Optional.empty();
        } catch (IOException e) {
            LOGGER.warn("The order that was under way is given up: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Another key, EC P-256, for an order that begins. */
    KeyPair newOrderKey(SecureRandom random) throws IOException {
        return write(orderKeyFile(), random);
    }

    void forgetOrderKey() throws IOException {
        Files.deleteIfExists(orderKeyFile());
    }

    private KeyPair write(Path file, SecureRandom random) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            KeyPair pair = generator.generateKeyPair();
            DurableFile.createPrivateFolder(folder);
            DurableFile.replace(
                    file,
                    PemFile.encode("PRIVATE KEY", pair.getPrivate().getEncoded())
                            + PemFile.encode("PUBLIC KEY", pair.getPublic().getEncoded()));
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has EC P-256", e);
        }
    }

    private static KeyPair read(Path file) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
                PEMParser parser = new PEMParser(reader)) {
            if (parser.readObject() instanceof PrivateKeyInfo privateKey
                    && parser.readObject() instanceof SubjectPublicKeyInfo publicKey) {
                return new KeyPair(converter.getPublicKey(publicKey), converter.getPrivateKey(privateKey));
            }
            throw new IOException(file + " doesn't hold a private and a public key: mend or remove it");
        }
    }
}
