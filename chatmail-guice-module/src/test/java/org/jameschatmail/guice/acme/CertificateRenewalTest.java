package org.jameschatmail.guice.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.james.utils.UpdatableTickingClock;
import org.jameschatmail.core.acme.CertifiedNames;
import org.jameschatmail.core.acme.ChallengeType;
import org.jameschatmail.core.acme.RenewalState;
import org.jameschatmail.core.acme.RenewalWindow;
import org.jameschatmail.core.zone.RecordType;
import org.jameschatmail.core.zone.ZoneCheck;
import org.jameschatmail.guice.acme.Authority.Outcome;
import org.jameschatmail.guice.tls.CertificateNames;
import org.jameschatmail.guice.tls.SelfSignedCertificate;
import org.jameschatmail.guice.tls.TlsStore;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRenewalTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final List<ChallengeType> BOTH = List.of(ChallengeType.HTTP_01, ChallengeType.TLS_ALPN_01);
    private static final CertifiedNames NAMES =
            new CertifiedNames("mx.chat.example", List.of("chat.example", "mta-sts.chat.example"));

    private static final CertificateRenewal.Settings SETTINGS =
            new CertificateRenewal.Settings(NAMES, "https://ca.example/dir", BOTH);

    @TempDir
    private Path data;

    private final UpdatableTickingClock clock = new UpdatableTickingClock(BEGIN);
    private final Map<String, String> zone = new HashMap<>();
    private final ZoneCheck.Lookup published = (name, type) ->
            Optional.of(type == RecordType.A && zone.containsKey(name) ? List.of(zone.get(name)) : List.of());

    private AcmeFiles files;
    private ScriptedAuthority authority;
    private CertificateRenewal renewal;
    private int changes;

    @BeforeEach
    void prepare() {
        files = AcmeFiles.in(data);
        authority = new ScriptedAuthority(clock);
        zone.put("mx.chat.example", "192.0.2.1");
        zone.put("chat.example", "192.0.2.1");
        restart(SETTINGS);
    }

    private void restart(CertificateRenewal.Settings settings) {
        renewal = new CertificateRenewal(settings, files, authority, published, () -> changes++, clock, new Random(5));
    }

    private RenewalState state() throws Exception {
        return files.state().orElseThrow();
    }

    private void passUntil(Instant time) {
        clock.setInstant(time);
    }

    private X509Certificate presented() {
        return files.certified().orElseThrow().certificate();
    }

    @Test
    void firstCertificateShouldBeOrderedAtOnce() throws Exception {
        Instant next = renewal.step();

        assertThat(authority.requests).hasSize(1);
        assertThat(authority.last().names()).containsExactly("mx.chat.example", "chat.example");
        assertThat(authority.last().proof()).isEqualTo(ChallengeType.HTTP_01);
        assertThat(authority.last().replaced()).isEmpty();
        assertThat(changes).isEqualTo(1);
        assertThat(state().renewAt().orElseThrow())
                .isBetween(BEGIN.plus(Duration.ofDays(55)), BEGIN.plus(Duration.ofDays(64)));
        assertThat(next).isAfter(BEGIN).isBeforeOrEqualTo(BEGIN.plus(Duration.ofHours(12)));
        renewal.step();
        assertThat(authority.requests).hasSize(1);
    }

    @Test
    void filesShouldBeClosedToOthers() throws Exception {
        files.accountKey(new SecureRandom());
        files.newOrderKey(new SecureRandom());
        authority.answerNext(request -> {
            request.begun().accept(URI.create("https://ca.example/order/1"));
            return authority.issue(request);
        });
        renewal.step();

        try (Stream<Path> all = Files.list(data.resolve("acme"))) {
            List<Path> found = all.toList();
            assertThat(found)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("account-key.pem", "certificate.pem", "state");
            for (Path file : found) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("acme"))))
                .isEqualTo("rwx------");
        assertThat(files.accountKey(new SecureRandom()).getPublic())
                .isEqualTo(files.accountKey(new SecureRandom()).getPublic());
        assertThat(state().order()).isEmpty();
    }

    @Test
    void certificateShouldBeRenewedWhenItIsTime() throws Exception {
        renewal.step();
        X509Certificate first = presented();
        Instant due = state().renewAt().orElseThrow();
        passUntil(due.minusSeconds(1));
        renewal.step();
        assertThat(presented()).isEqualTo(first);

        passUntil(due);
        renewal.step();

        assertThat(presented()).isNotEqualTo(first);
        assertThat(authority.last().replaced()).contains(first);
        assertThat(changes).isEqualTo(2);
        assertThat(state().renewAt().orElseThrow()).isAfter(due.plus(Duration.ofDays(50)));
    }

    @Test
    void oldCertificateShouldStayWhenTheAuthorityFails() throws Exception {
        renewal.step();
        X509Certificate first = presented();
        passUntil(state().renewAt().orElseThrow());
        authority.answerNext(new Outcome.Unreachable("connection refused"));

        Instant next = renewal.step();

        assertThat(presented()).isEqualTo(first);
        assertThat(changes).isEqualTo(1);
        assertThat(state().trouble()).isEqualTo("the authority can't be asked: connection refused");
        assertThat(next).isEqualTo(state().retryAt().orElseThrow());
        assertThat(Duration.between(clock.instant(), next)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
        passUntil(next);
        renewal.step();
        assertThat(presented()).isNotEqualTo(first);
        assertThat(state().trouble()).isEmpty();
        assertThat(state().failures()).isZero();
    }

    @Test
    void pauseShouldBeKeptWhenTheServerRestarts() throws Exception {
        authority.answerNext(new Outcome.Refused("no"));
        Instant first = renewal.step();
        restart(SETTINGS);
        renewal.step();
        assertThat(authority.requests).hasSize(1);

        passUntil(first);
        authority.answerNext(new Outcome.Refused("no"));
        Instant second = renewal.step();

        assertThat(authority.requests).hasSize(2);
        assertThat(Duration.between(first, second)).isGreaterThan(Duration.ofMinutes(45));
        restart(new CertificateRenewal.Settings(NAMES, "https://other.example/dir", BOTH));
        renewal.step();
        assertThat(authority.requests)
                .as("another authority has heard nothing yet")
                .hasSize(3);
        assertThat(files.certified()).isPresent();
    }

    @Test
    void otherProofShouldBeTriedWhenOneFails() throws Exception {
        authority.answerNext(new Outcome.Unproven(Map.of("mx.chat.example", "port 80 is closed")));
        renewal.step();

        assertThat(authority.requests)
                .extracting(Authority.Request::proof)
                .containsExactly(ChallengeType.HTTP_01, ChallengeType.TLS_ALPN_01);
        assertThat(files.certified()).isPresent();
        passUntil(state().renewAt().orElseThrow());
        renewal.step();
        assertThat(authority.last().proof()).as("what worked comes first").isEqualTo(ChallengeType.TLS_ALPN_01);
    }

    @Test
    void bothReasonsShouldBeToldWhenNoProofWorks() throws Exception {
        authority.answerNext(new Outcome.Unproven(Map.of("mx.chat.example", "port 80 is closed")));
        authority.answerNext(new Outcome.Unproven(Map.of("mx.chat.example", "port 443 is closed")));

        renewal.step();

        assertThat(state().trouble())
                .isEqualTo("the authority refused: by http-01: mx.chat.example: port 80 is closed;"
                        + " by tls-alpn-01: mx.chat.example: port 443 is closed");
        assertThat(Duration.between(BEGIN, state().retryAt().orElseThrow()))
                .isBetween(Duration.ofMinutes(24), Duration.ofMinutes(36));
    }

    @Test
    void optionalNameShouldBeLeftOutWhenItIsRefused() throws Exception {
        authority.answerNext(new Outcome.Unproven(Map.of("chat.example", "it leads elsewhere")));

        renewal.step();

        assertThat(authority.requests)
                .extracting(Authority.Request::names)
                .containsExactly(List.of("mx.chat.example", "chat.example"), List.of("mx.chat.example"));
        assertThat(files.certified()).isPresent();
        passUntil(BEGIN.plus(Duration.ofDays(6)));
        renewal.step();
        assertThat(authority.requests).hasSize(2);
        passUntil(BEGIN.plus(Duration.ofDays(8)));
        renewal.step();
        assertThat(authority.last().names()).contains("chat.example");
    }

    @Test
    void certificateShouldBeOrderedAnewWhenANameComes() throws Exception {
        renewal.step();
        zone.put("mta-sts.chat.example", "192.0.2.1");
        passUntil(BEGIN.plus(Duration.ofHours(12)));

        renewal.step();

        assertThat(authority.last().names()).containsExactly("mx.chat.example", "chat.example", "mta-sts.chat.example");
        zone.remove("chat.example");
        renewal.step();
        assertThat(authority.requests).as("one name more does no harm").hasSize(2);
    }

    @Test
    void authorityShouldBeLeftInPeaceWhenItAsksForIt() throws Exception {
        Instant named = BEGIN.plus(Duration.ofDays(2));
        authority.answerNext(new Outcome.TooMany("too many orders", Optional.of(named)));

        renewal.step();

        assertThat(state().retryAt()).contains(named);
        passUntil(named.minusSeconds(1));
        renewal.step();
        assertThat(authority.requests).hasSize(1);
        passUntil(named);
        renewal.step();
        assertThat(authority.requests).hasSize(2);
    }

    @Test
    void orderShouldBeResumedWhenTheServerStoppedMeanwhile() throws Exception {
        URI order = URI.create("https://ca.example/order/1");
        authority.answerNext(request -> {
            request.begun().accept(order);
            throw new InterruptedException();
        });
        assertThatThrownBy(renewal::step).isInstanceOf(InterruptedException.class);

        restart(SETTINGS);
        authority.answerNext(new Outcome.Unreachable("connection refused"));
        Instant next = renewal.step();
        assertThat(authority.last().resumed()).contains(order);
        passUntil(next);
        renewal.step();

        assertThat(authority.last().resumed()).contains(order);
        assertThat(state().order()).isEmpty();
        assertThat(files.certified()).isPresent();
    }

    @Test
    void adviceShouldMoveTheRenewal() throws Exception {
        renewal.step();
        Instant soon = BEGIN.plus(Duration.ofDays(2));
        RenewalWindow window = new RenewalWindow(soon, soon.plusSeconds(60));
        authority.advise(new Authority.Advice(window, BEGIN.plus(Duration.ofHours(18))));

        Instant next = renewal.step();

        assertThat(state().renewAt().orElseThrow()).isBetween(window.start(), window.end());
        assertThat(next).isEqualTo(BEGIN.plus(Duration.ofHours(12)));
        Instant planned = state().renewAt().orElseThrow();
        int questions = authority.questions();
        renewal.step();
        assertThat(authority.questions()).as("not asked before it is time").isEqualTo(questions);
        passUntil(BEGIN.plus(Duration.ofHours(19)));
        renewal.step();
        assertThat(authority.questions()).isEqualTo(questions + 1);
        assertThat(state().renewAt())
                .as("the time stays while it is within the window")
                .contains(planned);
        passUntil(planned);
        renewal.step();
        assertThat(authority.requests).hasSize(2);
    }

    @Test
    void adviceShouldNotLetTheCertificateEnd() throws Exception {
        renewal.step();
        Instant far = BEGIN.plus(Duration.ofDays(1000));
        authority.advise(new Authority.Advice(new RenewalWindow(far, far), far));

        renewal.step();

        assertThat(state().renewAt()).contains(BEGIN.plus(Duration.ofDays(81)));
    }

    @Test
    void certificateShouldBeRefusedWhenItIsForOthers() throws Exception {
        authority.answerNext(
                new Outcome.Issued(IssuedCertificate.of(List.of("stranger.example"), BEGIN, Duration.ofDays(90))));

        renewal.step();

        assertThat(files.certified()).isEmpty();
        assertThat(state().trouble()).contains("isn't for mx.chat.example");
    }

    @Test
    void rememberedStateShouldBeDroppedWhenItIsRubbish() throws Exception {
        renewal.step();
        Files.writeString(data.resolve("acme/state"), "rubbish");

        renewal.step();

        assertThat(authority.requests).as("the certificate is there").hasSize(1);
        assertThat(state().renewAt()).isPresent();
    }

    @Test
    void standInShouldBePresentedUntilThereIsACertificate() throws Exception {
        AcmeCertificate source = new AcmeCertificate(
                files,
                new SelfSignedCertificate(
                        data, CertificateNames.of("chat.example", "mx.chat.example", false), new SecureRandom()));
        TlsStore store = TlsStore.open(source, clock);
        TlsIdentity standIn = store.identity();
        assertThat(AcmeFiles.isStandIn(standIn)).isTrue();
        assertThat(files.certified()).isEmpty();
        assertThat(store.refresh(clock)).isFalse();
        assertThat(files.identity()).contains(standIn);

        renewal.step();

        assertThat(store.refresh(clock)).isTrue();
        assertThat(store.identity().certificate()).isEqualTo(presented());
        clock.setInstant(BEGIN.plus(Duration.ofDays(400)));
        assertThat(TlsStore.open(source, clock).identity().certificate())
                .as("an expired one is better than none")
                .isEqualTo(presented());
        Files.writeString(source.certificateFile(), "rubbish");
        assertThat(AcmeFiles.isStandIn(TlsStore.open(source, clock).identity())).isTrue();
    }
}
