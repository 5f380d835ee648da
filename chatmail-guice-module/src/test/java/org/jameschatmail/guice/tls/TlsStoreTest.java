package org.jameschatmail.guice.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jameschatmail.protocols.tls.PemFile;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.jameschatmail.protocols.tls.UnusableCertificateException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class TlsStoreTest {
    private static final Clock NOW = Clock.systemUTC();

    @TempDir
    private Path folder;

    private CertificateFiles files;

    /** James registers this provider as soon as it reads a PEM file; nothing here may depend on whether it did. */
    @BeforeAll
    static void registerBouncyCastle() {
        Security.addProvider(new BouncyCastleProvider());
    }

    @BeforeEach
    void name() {
        files = new CertificateFiles(folder.resolve("fullchain.pem"), folder.resolve("key.pem"));
    }

    @ParameterizedTest
    @CsvSource({
        "EC, PRIVATE KEY, TLSv1.3",
        "EC, EC PRIVATE KEY, TLSv1.2",
        "RSA, PRIVATE KEY, TLSv1.3",
        "RSA, RSA PRIVATE KEY, TLSv1.2"
    })
    void storeShouldPresentFilesWhenKeyHasForm(String algorithm, String label, String protocol) throws Exception {
        X509Certificate certificate = write(algorithm, label);

        TlsStore store = TlsStore.open(files, NOW);

        try (Handshake handshake = new Handshake(store.keyManager())) {
            assertThat(handshake.with(certificate, "chat.example", protocol).getPeerCertificates())
                    .containsExactly(certificate);
        }
    }

    @Test
    void storeShouldPresentWholeChainWhenFileHasIntermediates() throws Exception {
        X509Certificate intermediate = write("EC", "PRIVATE KEY");
        String second = Files.readString(files.certificateFile());
        X509Certificate own = write("EC", "PRIVATE KEY");
        Files.writeString(files.certificateFile(), Files.readString(files.certificateFile()) + "\n# next\n" + second);

        assertThat(TlsStore.open(files, NOW).identity().chain()).containsExactly(own, intermediate);
    }

    @Test
    void storeShouldSwapInPlaceWhenFilesChange() throws Exception {
        X509Certificate first = write("EC", "PRIVATE KEY");
        TlsStore store = TlsStore.open(files, NOW);
        try (Handshake handshake = new Handshake(store.keyManager())) {
            assertThat(handshake.with(first, "chat.example", "TLSv1.3").getPeerCertificates())
                    .containsExactly(first);
            assertThat(store.refresh(NOW)).isFalse();

            X509Certificate second = write("RSA", "PRIVATE KEY");
            assertThat(store.refresh(NOW)).isTrue();

            assertThat(handshake.with(second, "chat.example", "TLSv1.2").getPeerCertificates())
                    .containsExactly(second);
        }
    }

    @Test
    void storeShouldKeepCertificateWhenFilesBreak() throws Exception {
        X509Certificate first = write("EC", "PRIVATE KEY");
        TlsStore store = TlsStore.open(files, NOW);
        Files.writeString(files.certificateFile(), "rubbish");

        assertThat(store.refresh(NOW)).isFalse();

        try (Handshake handshake = new Handshake(store.keyManager())) {
            assertThat(handshake.with(first, "chat.example", "TLSv1.3").getPeerCertificates())
                    .containsExactly(first);
        }
    }

    @Test
    void storeShouldKeepCertificateWhenTheNewKeyIsForeign() throws Exception {
        X509Certificate first = write("EC", "PRIVATE KEY");
        String key = Files.readString(files.privateKeyFile());
        TlsStore store = TlsStore.open(files, NOW);
        write("EC", "PRIVATE KEY");
        Files.writeString(files.privateKeyFile(), key);

        assertThat(store.refresh(NOW)).isFalse();
        assertThat(store.identity().certificate()).isEqualTo(first);
    }

    @Test
    void operatorShouldBeToldOnceWhenFilesBreak() throws Exception {
        write("EC", "PRIVATE KEY");
        TlsStore store = TlsStore.open(files, NOW);
        Files.writeString(files.certificateFile(), "rubbish");

        List<String> told = warnings(() -> {
            store.refresh(NOW);
            store.refresh(NOW);
        });

        assertThat(told).filteredOn(line -> line.contains("stays in use")).hasSize(1);
    }

    @Test
    void operatorShouldBeWarnedOnceADayWhenTheEndIsNear() throws Exception {
        write("EC", "PRIVATE KEY");
        TlsStore store = TlsStore.open(files, NOW);

        assertThat(warnings(() -> store.refresh(NOW))).isEmpty();
        List<String> told = warnings(() -> {
            for (int hour = 0; hour < 30; hour++) {
                store.refresh(at(Duration.ofDays(6).plusHours(hour)));
            }
        });

        assertThat(told).hasSize(2).allMatch(line -> line.contains("ends on"));
    }

    private static List<String> warnings(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(TlsStore.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void keyManagerShouldStayConsistentWhenSwappedDuringHandshake() throws Exception {
        write("EC", "PRIVATE KEY");
        TlsIdentity first = files.obtain(NOW);
        write("EC", "PRIVATE KEY");
        TlsIdentity second = files.obtain(NOW);
        SwappableKeyManager manager = new SwappableKeyManager(first);

        String alias = manager.chooseEngineServerAlias("EC", null, null);
        manager.swap(second);

        assertThat(manager.getCertificateChain(alias)).containsExactly(first.certificate());
        assertThat(manager.getPrivateKey(alias)).isEqualTo(first.privateKey());
        assertThat(manager.getPrivateKey(manager.chooseEngineServerAlias("EC", null, null)))
                .isEqualTo(second.privateKey());
        assertThat(manager.chooseEngineServerAlias("RSA", null, null)).isNull();
        assertThat(manager.getPrivateKey("nobody")).isNull();
        assertThat(manager.getPrivateKey(null)).isNull();
    }

    @Test
    void filesShouldBeRefusedWhenMissing() throws Exception {
        assertThatThrownBy(() -> files.obtain(NOW))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("tls.certificate: there is no file")
                .hasMessageContaining("fullchain.pem");
        write("EC", "PRIVATE KEY");
        Files.delete(files.privateKeyFile());
        assertThatThrownBy(() -> files.obtain(NOW)).hasMessageContaining("tls.private-key: there is no file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rubbish",
                "-----BEGIN PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n!!!\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----\n",
                "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
                "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n"
            })
    void filesShouldBeRefusedWhenRubbish(String content) throws Exception {
        write("EC", "PRIVATE KEY");
        String certificate = Files.readString(files.certificateFile());
        Files.writeString(files.privateKeyFile(), content);
        assertThatThrownBy(() -> files.obtain(NOW))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("tls.private-key: ");

        Files.writeString(files.certificateFile(), content);
        assertThatThrownBy(() -> files.obtain(NOW))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("tls.certificate: ");
        Files.writeString(files.certificateFile(), certificate);
    }

    @Test
    void filesShouldBeRefusedWhenKeyIsEncrypted() throws Exception {
        write("EC", "PRIVATE KEY");
        Files.writeString(files.privateKeyFile(), """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00000000000000000000000000000000

                MAA=
                -----END RSA PRIVATE KEY-----
                """);

        assertThatThrownBy(() -> files.obtain(NOW)).hasMessageContaining("is encrypted");
    }

    @Test
    void filesShouldBeRefusedWhenKeyIsForeign() throws Exception {
        write("EC", "PRIVATE KEY");
        String key = Files.readString(files.privateKeyFile());
        write("EC", "PRIVATE KEY");
        Files.writeString(files.privateKeyFile(), key);

        assertThatThrownBy(() -> files.obtain(NOW))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("tls.certificate, tls.private-key: the private key does not belong");
    }

    @Test
    void filesShouldBeRefusedWhenOutOfTime() throws Exception {
        write("EC", "PRIVATE KEY");

        assertThatThrownBy(() -> files.obtain(at(Duration.ofDays(11))))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("tls.certificate")
                .hasMessageContaining("expired on");
        assertThatThrownBy(() -> files.obtain(at(Duration.ofDays(-11)))).hasMessageContaining("valid only from");
    }

    @Test
    void storeShouldTakeRenewedCertificateWhenSelfSigned() throws IOException {
        SelfSignedCertificate source = new SelfSignedCertificate(
                folder, CertificateNames.of("chat.example", "chat.example", false), new SecureRandom());
        TlsStore store = TlsStore.open(source, NOW);
        Instant end = store.identity().notAfter();

        assertThat(store.refresh(at(Duration.ofDays(340)))).isTrue();

        assertThat(store.identity().notAfter()).isAfter(end);
    }

    private X509Certificate write(String algorithm, String label) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(algorithm.equals("EC") ? 256 : 2048);
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=chat.example");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(64, new SecureRandom()),
                Date.from(NOW.instant().minus(Duration.ofDays(10))),
                Date.from(NOW.instant().plus(Duration.ofDays(10))),
                name,
                keys.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "chat.example")));
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(
                        new JcaContentSignerBuilder("SHA256with" + (algorithm.equals("EC") ? "ECDSA" : "RSA"))
                                .build(keys.getPrivate())));
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
        Files.writeString(
                files.privateKeyFile(),
                switch (label) {
                    case "PRIVATE KEY" -> PemFile.encode(label, info.getEncoded());
                    case "RSA PRIVATE KEY" ->
                        PemFile.encode(
                                label, info.parsePrivateKey().toASN1Primitive().getEncoded());
                    default -> sec1(keys, info);
                });
        Files.writeString(files.certificateFile(), PemFile.encode("CERTIFICATE", certificate.getEncoded()));
        return certificate;
    }

    /** As {@code openssl ecparam -genkey} writes it: the curve in a block of its own, and again inside the key. */
    private static String sec1(KeyPair keys, PrivateKeyInfo info) throws IOException {
        ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
        ECPrivateKey key =
                new ECPrivateKey(256, ((java.security.interfaces.ECPrivateKey) keys.getPrivate()).getS(), curve);
        return PemFile.encode("EC PARAMETERS", curve.toASN1Primitive().getEncoded())
                + PemFile.encode("EC PRIVATE KEY", key.getEncoded());
    }

    private static Clock at(Duration offset) {
        return Clock.fixed(NOW.instant().plus(offset), ZoneOffset.UTC);
    }
}
