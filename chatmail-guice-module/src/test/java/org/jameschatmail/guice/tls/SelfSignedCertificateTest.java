package org.jameschatmail.guice.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509ExtendedKeyManager;
import nl.altindag.ssl.util.PemUtils;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfSignedCertificateTest {
    private static final Clock NOW = Clock.systemUTC();
    private static final CertificateNames NAMES = CertificateNames.of("chat.example", "mx.example.net", true);

    @TempDir
    private Path data;

    private SelfSignedCertificate source;

    @BeforeEach
    void make() {
        source = new SelfSignedCertificate(data, NAMES, new SecureRandom());
    }

    @Test
    void certificateShouldBeForTlsServersWhenMade() throws Exception {
        X509Certificate certificate = source.obtain(NOW).certificate();

        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(certificate.getKeyUsage()).startsWith(true, false).hasSize(9).containsOnlyOnce(true);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=chat.example");
        assertThat(certificate.getSerialNumber().signum()).isPositive();
        assertThat(certificate.getSerialNumber().bitLength()).isBetween(64, 128);
        assertThat(source.obtain(NOW).notAfter())
                .isBetween(
                        NOW.instant().plus(Duration.ofDays(364)), NOW.instant().plus(Duration.ofDays(366)));
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void certificateShouldNameEveryHostWhenMade() throws IOException {
        CertificateNames names =
                CertificateNames.in(source.obtain(NOW).certificate()).orElseThrow();

        assertThat(names.dns())
                .containsExactlyInAnyOrder(
                        "chat.example",
                        "mx.example.net",
                        "autoconfig.chat.example",
                        "mta-sts.chat.example",
                        "www.chat.example",
                        "mail.chat.example",
                        "imap.chat.example",
                        "smtp.chat.example",
                        "localhost");
        assertThat(names.addresses()).containsExactlyInAnyOrder("127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void certificateShouldStayWhenNotDue() throws IOException {
        assertThat(source.renewIfDue(NOW)).isTrue();
        TlsIdentity first = source.obtain(NOW);

        assertThat(source.renewIfDue(after(Duration.ofDays(334)))).isFalse();
        assertThat(source.obtain(NOW)).isEqualTo(first);
    }

    @Test
    void certificateShouldBeRenewedWithSameKeyWhenItEndsSoon() throws IOException {
        TlsIdentity first = source.obtain(NOW);
        Clock later = after(Duration.ofDays(336));

        assertThat(source.renewIfDue(later)).isTrue();

        TlsIdentity second = source.obtain(later);
        assertThat(second.privateKey()).isEqualTo(first.privateKey());
        assertThat(second.certificate().getSerialNumber())
                .isNotEqualTo(first.certificate().getSerialNumber());
        assertThat(second.notAfter()).isAfter(later.instant().plus(Duration.ofDays(364)));
    }

    @Test
    void certificateShouldBeRenewedWhenNamesChange() throws IOException {
        source.obtain(NOW);
        CertificateNames names = CertificateNames.of("chat.example", "other.example", true);

        SelfSignedCertificate renamed = new SelfSignedCertificate(data, names, new SecureRandom());

        assertThat(renamed.renewIfDue(NOW)).isTrue();
        assertThat(renamed.obtain(NOW).certificate().toString()).contains("other.example");
        assertThat(renamed.renewIfDue(NOW)).isFalse();
    }

    @Test
    void certificateShouldBeMadeAnewWhenClockWasAhead() throws IOException {
        source.obtain(after(Duration.ofDays(1000)));

        assertThat(source.renewIfDue(NOW)).isTrue();
    }

    @Test
    void certificateShouldBeMadeAnewWhenFilesAreRubbish() throws IOException {
        TlsIdentity first = source.obtain(NOW);
        Files.writeString(source.certificateFile(), "rubbish");

        assertThat(source.obtain(NOW)).isNotEqualTo(first);

        Files.writeString(source.privateKeyFile(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        source.obtain(NOW);
        Files.delete(source.privateKeyFile());
        source.obtain(NOW);
    }

    @Test
    void filesShouldBeClosedToOthersWhenWritten() throws IOException {
        source.obtain(NOW);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(source.privateKeyFile())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("tls"))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(data.resolve("tls"))) {
            assertThat(files).containsExactlyInAnyOrder(source.certificateFile(), source.privateKeyFile());
        }
    }

    @Test
    void filesShouldBeReadableByJamesWhenWritten() throws Exception {
        TlsIdentity identity = source.obtain(NOW);

        // The call James makes for the elements privateKey and certificates of its server files.
        X509ExtendedKeyManager manager = PemUtils.loadIdentityMaterial(
                Files.newInputStream(source.certificateFile()), Files.newInputStream(source.privateKeyFile()), null);

        try (Handshake handshake = new Handshake(manager)) {
            assertThat(handshake
                            .with(identity.certificate(), "chat.example", "TLSv1.3")
                            .getPeerCertificates())
                    .containsExactly(identity.certificate());
        }
        assertThat(source.obtain(NOW)).isEqualTo(identity);
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example, TLSv1.3",
        "chat.example, TLSv1.2",
        "imap.chat.example, TLSv1.3",
        "127.0.0.1, TLSv1.3",
        "localhost, TLSv1.3"
    })
    void handshakeShouldSucceedWhenClientTrustsCertificate(String host, String protocol) throws Exception {
        TlsStore store = TlsStore.open(source, NOW);
        try (Handshake handshake = new Handshake(store.keyManager())) {
            X509Certificate certificate = store.identity().certificate();

            assertThat(handshake.with(certificate, host, protocol).getPeerCertificates())
                    .containsExactly(certificate);
        }
    }

    @Test
    void handshakeShouldFailWhenNameIsForeign() throws Exception {
        TlsStore store = TlsStore.open(source, NOW);
        try (Handshake handshake = new Handshake(store.keyManager())) {
            assertThatThrownBy(() -> handshake.with(store.identity().certificate(), "evil.example", "TLSv1.3"))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "[192.0.2.1], 192.0.2.1",
        "[IPv6:2001:DB8::1], 2001:db8:0:0:0:0:0:1",
    })
    void namesShouldHoldAddressWhenDomainIsLiteral(String domain, String address) throws IOException {
        CertificateNames names = CertificateNames.of(domain, domain, false);

        SelfSignedCertificate literal = new SelfSignedCertificate(data, names, new SecureRandom());

        CertificateNames made =
                CertificateNames.in(literal.obtain(NOW).certificate()).orElseThrow();
        assertThat(made.dns()).isEmpty();
        assertThat(made.addresses()).containsExactly(address);
        assertThat(literal.renewIfDue(NOW)).isFalse();
    }

    @Test
    void namesShouldBeDnsWhenFiguresAreNoAddress() {
        assertThat(CertificateNames.of("999.0.2.1", "1.2.3.4.5", false).addresses())
                .isEmpty();
        assertThat(CertificateNames.of("255.0.2.19", "255.0.2.19", false).addresses())
                .containsExactly("255.0.2.19");
    }

    private static Clock after(Duration duration) {
        return Clock.fixed(Instant.now().plus(duration), ZoneOffset.UTC);
    }
}
