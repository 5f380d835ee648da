package org.jameschatmail.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.InputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateReviewTest {
    private static final List<String> NAMES = List.of("mx.chat.example", "chat.example");
    private final X509Certificate certificate = read();

    private static X509Certificate read() {
        try (InputStream in = CertificateReviewTest.class.getResourceAsStream("/doctor/certificate.pem")) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    private List<Finding> review(List<String> names, boolean needsAuthority, boolean trusted, Instant now) {
        return new CertificateReview(names, needsAuthority, Clock.fixed(now, ZoneOffset.UTC)).of(certificate, trusted);
    }

    private List<Finding> review(List<String> names) {
        return review(names, true, true, end().minus(Duration.ofDays(100)));
    }

    @Test
    void certificateShouldBeFineWhenItNamesAllAndIsTrusted() {
        assertThat(review(NAMES))
                .containsExactly(Finding.ok(Subject.CERTIFICATE, "for mx.chat.example, chat.example until " + end()));
        assertThat(review(List.of("any.wild.example", "192.0.2.1")))
                .extracting(Finding::grade)
                .containsExactly(Grade.OK);
    }

    @Test
    void mailHostShouldBeNamed() {
        assertThat(review(List.of("other.example", "chat.example")))
                .containsExactly(Finding.fail(
                        Subject.CERTIFICATE, "it isn't for other.example", "Get one for other.example, chat.example."));
        assertThat(review(List.of("wild.example"))).extracting(Finding::grade).containsExactly(Grade.FAIL);
    }

    @Test
    void lesserNamesShouldBeMissed() {
        assertThat(review(List.of("mx.chat.example", "mta-sts.chat.example")))
                .extracting(Finding::grade, Finding::seen)
                .containsExactly(tuple(Grade.WARN, "it isn't for mta-sts.chat.example"));
    }

    @Test
    void timeShouldBeLookedAt() {
        assertThat(gradeAt(end().plusSeconds(1))).isEqualTo(Grade.FAIL);
        assertThat(gradeAt(end())).isEqualTo(Grade.WARN);
        assertThat(gradeAt(end().minus(Duration.ofDays(14)).plusSeconds(1))).isEqualTo(Grade.WARN);
        assertThat(gradeAt(end().minus(Duration.ofDays(14)))).isEqualTo(Grade.OK);
        assertThat(gradeAt(certificate.getNotBefore().toInstant())).isEqualTo(Grade.OK);
        assertThat(gradeAt(certificate.getNotBefore().toInstant().minusSeconds(1)))
                .isEqualTo(Grade.FAIL);
    }

    private Grade gradeAt(Instant now) {
        return review(NAMES, true, true, now).get(0).grade();
    }

    @Test
    void authorityShouldBeKnownWhereOneIsNeeded() {
        Instant now = end().minus(Duration.ofDays(100));
        assertThat(review(NAMES, true, false, now)).extracting(Finding::grade).containsExactly(Grade.FAIL);
        assertThat(review(NAMES, false, false, now)).extracting(Finding::grade).containsExactly(Grade.OK);
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        assertThat(new CertificateReview(NAMES, true, clock).ofNone().grade()).isEqualTo(Grade.FAIL);
        assertThat(new CertificateReview(NAMES, false, clock).ofNone().grade()).isEqualTo(Grade.OK);
    }
}
