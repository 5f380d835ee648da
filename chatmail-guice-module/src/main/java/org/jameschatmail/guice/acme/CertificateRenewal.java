package org.jameschatmail.guice.acme;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jameschatmail.core.acme.CertifiedNames;
import org.jameschatmail.core.acme.ChallengeType;
import org.jameschatmail.core.acme.RenewalState;
import org.jameschatmail.core.acme.RenewalWindow;
import org.jameschatmail.core.configuration.AcmeConfiguration;
import org.jameschatmail.core.configuration.RelayConfiguration;
import org.jameschatmail.core.zone.ZoneCheck;
import org.jameschatmail.guice.tls.CertificateNames;
import org.jameschatmail.protocols.tls.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a certificate: orders the first one, renews it in time, and tries again when that fails,
 * later each time. What it has learned survives a restart. Works on a thread of its own from {@link #start} to
 * {@link #close}.
 */
public final class CertificateRenewal implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(CertificateRenewal.class);
    private static final Duration LOOK_AT_NAMES = Duration.ofHours(12);
    private static final Duration LEFT_OUT = Duration.ofDays(7);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(8);
    private static final Duration ADVICE_UNANSWERED = Duration.ofHours(6);
    private static final Duration AFTER_FAULT = Duration.ofMinutes(10);
    private static final Duration NAP = Duration.ofSeconds(1);

    private final Settings settings;
    private final AcmeFiles files;
    private final Authority authority;
    private final ZoneCheck.Lookup published;
    private final Runnable changed;
    private final Clock clock;
    private final RandomGenerator random;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * What the operator wants.
     *
     * @param directory the authority's
     * @param proofs the ways to convince it that may be used, the preferred first
     */
    public record Settings(CertifiedNames names, String directory, List<ChallengeType> proofs) {
        public Settings {
            proofs = List.copyOf(proofs);
        }

        /** Those of the operator. */
        public static Settings of(RelayConfiguration relay, AcmeConfiguration acme) {
            List<ChallengeType> proofs = switch (acme.challenge()) {
                case ANY -> List.of(ChallengeType.HTTP_01, ChallengeType.TLS_ALPN_01);
                case HTTP_01 -> List.of(ChallengeType.HTTP_01);
                case TLS_ALPN_01 -> List.of(ChallengeType.TLS_ALPN_01);
            };
            return new Settings(CertifiedNames.of(relay), acme.directory().toString(), proofs);
        }

        /** What is remembered of other settings says nothing about these. */
        String target() {
            String ways = proofs.stream().map(ChallengeType::word).collect(Collectors.joining("+"));
            return directory + " " + names.required() + " " + ways;
        }
    }

    /**
     * @param published asked for the addresses of our names
     * @param changed called when there is another certificate
     */
    public CertificateRenewal(
            Settings settings,
            AcmeFiles files,
            Authority authority,
            ZoneCheck.Lookup published,
            Runnable changed,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.files = files;
        this.authority = authority;
        this.published = published;
        this.changed = changed;
        this.clock = clock;
        this.random = random;
        this.thread = new Thread(this::work, "certificate-renewal");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** An order that is under way is resumed after the next start. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void work() {
        try {
            while (!closed) {
                waitUntil(stepOrPause());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** In naps, for the clock may be set meanwhile. */
    private void waitUntil(Instant time) throws InterruptedException {
        while (clock.instant().isBefore(time)) {
            Thread.sleep(NAP.toMillis());
        }
    }

    private Instant stepOrPause() throws InterruptedException {
        try {
            return step();
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                LOGGER.error("The certificate can't be looked after: {}", e.toString(), e);
            }
            return clock.instant().plus(AFTER_FAULT);
        }
    }

    /** Does what is due now, and says when to come again. */
    Instant step() throws IOException, InterruptedException {
        String target = settings.target();
        Optional<RenewalState> remembered =
                files.state().filter(state -> state.target().equals(target));
        Optional<TlsIdentity> present = files.certified();
        RenewalState state = remembered.orElseGet(() -> RenewalState.of(target));
        if (present.isPresent()) {
            state = withTimes(state, present.get());
            files.remember(state);
        }
        Instant now = clock.instant();
        Set<String> certified = present.map(CertificateRenewal::names).orElse(Set.of());
        List<String> wanted = wanted(state, certified);
        Optional<String> cause = cause(state, present, certified, wanted);
        Optional<Instant> pause =
                state.retryAt().filter(time -> time.isAfter(now) && time.isBefore(now.plus(LONGEST_PAUSE)));
        if (cause.isPresent() && pause.isEmpty()) {
            LOGGER.info("Ordering a certificate for {} from {}: {}", wanted, settings.directory(), cause.get());
            state = new OrderAttempt(settings, files, authority, clock, random, () -> closed)
                    .of(state, present.map(TlsIdentity::certificate), wanted);
            tell(state, wanted);
        }
        return next(state);
    }

    /** With the time of renewal, by advice of the authority where it gives any. */
    private RenewalState withTimes(RenewalState state, TlsIdentity present) {
        Instant now = clock.instant();
        X509Certificate certificate = present.certificate();
        RenewalState known = state;
        if (known.renewAt().isEmpty()) {
            Instant time =
                    RenewalWindow.of(present.notBefore(), present.notAfter()).pick(random);
            known = known.advised(time, now);
        }
        if (known.adviceAt().filter(now::isBefore).isPresent()) {
            return known;
        }
        Instant planned = known.renewAt().orElse(now);
        Optional<Authority.Advice> advice = authority.advice(certificate);
        if (advice.isEmpty()) {
            return known.advised(planned, now.plus(ADVICE_UNANSWERED));
        }
        RenewalWindow window = advice.get().window().within(present.notBefore(), present.notAfter());
        boolean stays = !planned.isBefore(window.start()) && !planned.isAfter(window.end());
        return known.advised(stays ? planned : window.pick(random), advice.get().askAgain());
    }

    static Set<String> names(TlsIdentity identity) {
        return CertificateNames.in(identity.certificate())
                .map(names -> Stream.concat(names.dns().stream(), names.addresses().stream())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private List<String> wanted(RenewalState state, Set<String> certified) {
        Instant now = clock.instant();
        List<String> wanted = new ArrayList<>(settings.names().chosen(published, certified));
        wanted.removeIf(name -> !name.equals(settings.names().required())
                && state.leftOut().getOrDefault(name, Instant.MIN).isAfter(now.minus(LEFT_OUT)));
        return wanted;
    }

    private Optional<String> cause(
            RenewalState state, Optional<TlsIdentity> present, Set<String> certified, List<String> wanted) {
        if (present.isEmpty()) {
            return Optional.of("there is none yet");
        }
        Set<String> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(certified);
        if (!missing.isEmpty()) {
            return Optional.of("the present one isn't for " + String.join(", ", missing));
        }
        return state.renewAt().filter(time -> !time.isAfter(clock.instant())).map(time -> "the present one ends soon");
    }

    private void tell(RenewalState state, List<String> wanted) {
        if (closed) {
            return;
        }
        if (state.trouble().isEmpty()) {
            changed.run();
            LOGGER.info(
                    "The authority gave a certificate, which will be renewed at {}",
                    state.renewAt().orElse(Instant.MAX));
        } else {
            LOGGER.warn(
                    "No new certificate for {}, and the present one stays: {}. The next attempt is at {}",
                    wanted,
                    state.trouble(),
                    state.retryAt().orElse(Instant.MAX));
        }
    }

    private Instant next(RenewalState state) {
        Instant now = clock.instant();
        Instant look = now.plus(LOOK_AT_NAMES);
        return Stream.of(state.retryAt(), state.renewAt(), state.adviceAt(), Optional.of(look))
                .flatMap(Optional::stream)
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(look);
    }
}
