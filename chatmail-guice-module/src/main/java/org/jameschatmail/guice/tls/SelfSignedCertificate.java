package org.jameschatmail.guice.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jameschatmail.protocols.tls.PemFile;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.jameschatmail.protocols.tls.UnusableCertificateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code tls.mode=self-signed}: a certificate the server makes for itself, an end-entity certificate for TLS servers on
 * an EC P-256 key. Kept in {@code tls/certificate.pem} and {@code tls/private-key.pem} (PKCS#8, mode 600) of the data
 * directory. Valid for a year and made anew 30 days before it ends, when the names change, or when the files can't be
 * used. The key outlives its certificates, so that a renewal replaces one file alone and never leaves a pair that
 * doesn't match. Used by one thread at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2">RFC 5280, section 4.2</a>
 */
public final class SelfSignedCertificate implements CertificateSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(SelfSignedCertificate.class);
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);
    /** Clients whose clock is behind accept a new certificate as well. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    private static final int SERIAL_BITS = 128;
    private static final int COMMON_NAME_LIMIT = 64;
    private static final String NAME = "tls.mode=self-signed";

    private final Path folder;
    private final CertificateNames names;
    private final SecureRandom random;

    /**
     * @param dataDirectory the files lie in {@code tls/} below it
     * @param names         what the certificate is for
     */
    public SelfSignedCertificate(Path dataDirectory, CertificateNames names, SecureRandom random) {
        this.folder = dataDirectory.resolve("tls");
        this.names = names;
        this.random = random;
    }

    @Override
    public Path certificateFile() {
        return folder.resolve("certificate.pem");
    }

    @Override
    public Path privateKeyFile() {
        return folder.resolve("private-key.pem");
    }

    @Override
    public TlsIdentity obtain(Clock clock) throws IOException {
        renewIfDue(clock);
        return stored().orElseThrow(() ->
                new UnusableCertificateException(NAME + ": what was just written to " + folder + " can't be used"));
    }

    /**
     * Makes a new certificate where there is none that can be used for 30 days more.
     *
     * @return whether a new one was written
     */
    public boolean renewIfDue(Clock clock) throws IOException {
        Instant now = clock.instant();
        Optional<TlsIdentity> present = stored();
        if (present.isPresent() && isGood(present.get(), now)) {
            return false;
        }
        DurableFile.createPrivateFolder(folder);
        try {
            KeyPair keys = present.isPresent()
                    ? new KeyPair(
                            present.get().certificate().getPublicKey(),
                            present.get().privateKey())
                    : newKeys();
            X509Certificate certificate = certify(keys, now);
            if (present.isEmpty()) {
                DurableFile.replace(
                        privateKeyFile(),
                        PemFile.encode("PRIVATE KEY", keys.getPrivate().getEncoded()));
            }
            DurableFile.replace(certificateFile(), PemFile.encode("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every Java platform has EC P-256", e);
        }
        LOGGER.info("Made a self-signed certificate, valid until {}", now.plus(VALIDITY));
        return true;
    }

    private boolean isGood(TlsIdentity identity, Instant now) {
        return identity.notAfter().minus(RENEWED_BEFORE_END).isAfter(now)
                && !identity.notBefore().isAfter(now)
                && CertificateNames.in(identity.certificate()).equals(Optional.of(names));
    }

    private Optional<TlsIdentity> stored() {
        if (Files.notExists(privateKeyFile()) && Files.notExists(certificateFile())) {
            return Optional.empty();
        }
        try {
            PrivateKey privateKey = PemFile.read(NAME, privateKeyFile()).privateKey();
            return Optional.of(new TlsIdentity(
                    privateKey, PemFile.read(NAME, certificateFile()).chain()));
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.warn("The self-signed certificate can't be used: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private X509Certificate certify(KeyPair keys, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        X500Name subject = subject();
        PublicKey publicKey = keys.getPublic();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_BITS, random).max(BigInteger.ONE),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(VALIDITY)),
                subject,
                publicKey);
        builder.addExtension(Extension.subjectAlternativeName, false, subjectNames());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(publicKey));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private X500Name subject() {
        String name = Stream.concat(names.dns().stream(), names.addresses().stream())
                .filter(candidate -> candidate.length() <= COMMON_NAME_LIMIT)
                .findFirst()
                .orElse("chatmail");
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    }

    private GeneralNames subjectNames() {
        Stream<GeneralName> dns = names.dns().stream().map(name -> new GeneralName(GeneralName.dNSName, name));
        Stream<GeneralName> addresses =
                names.addresses().stream().map(address -> new GeneralName(GeneralName.iPAddress, address));
        return new GeneralNames(Stream.concat(dns, addresses).toArray(GeneralName[]::new));
    }
}
