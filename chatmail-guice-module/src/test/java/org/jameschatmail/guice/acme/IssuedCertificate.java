package org.jameschatmail.guice.acme;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jameschatmail.core.acme.CertifiedNames;
import org.jameschatmail.protocols.tls.TlsIdentity;

/** Certificates of an authority that these tests alone know. */
final class IssuedCertificate {
    private static final KeyPair AUTHORITY = keys();

    private IssuedCertificate() {}

    static TlsIdentity of(List<String> names, Instant begin, Duration life) {
        KeyPair keys = keys();
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=Test authority"),
                    new BigInteger(64, new SecureRandom()),
                    Date.from(begin),
                    Date.from(begin.plus(life)),
                    new X500Name("CN=" + names.get(0)),
                    keys.getPublic());
            GeneralName[] general = names.stream()
                    .map(name -> new GeneralName(
                            CertifiedNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(AUTHORITY.getPublic()));
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(AUTHORITY.getPrivate())));
            return new TlsIdentity(keys.getPrivate(), List.of(certificate));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
