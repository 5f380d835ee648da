package org.jameschatmail.guice.acme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jameschatmail.core.acme.ChallengeType;
import org.jameschatmail.core.acme.RenewalState;
import org.jameschatmail.core.acme.RenewalWindow;
import org.jameschatmail.core.acme.RetryPace;
import org.jameschatmail.guice.acme.Authority.Outcome;
import org.jameschatmail.protocols.tls.TlsIdentity;

/**
 * One attempt to get a certificate: by the one proof, then by the other, and without optional names that the authority
 * refuses. Used once.
 */
final class OrderAttempt {
    private final CertificateRenewal.Settings settings;
    private final AcmeFiles files;
    private final Authority authority;
    private final Clock clock;
    private final RandomGenerator random;
    private final BooleanSupplier closed;
    private final List<String> troubles = new ArrayList<>();

    /** @param closed whether the server stops: what fails then says nothing */
    OrderAttempt(
            CertificateRenewal.Settings settings,
            AcmeFiles files,
            Authority authority,
            Clock clock,
            RandomGenerator random,
            BooleanSupplier closed) {
        this.settings = settings;
        this.files = files;
        this.authority = authority;
        this.clock = clock;
        this.random = random;
        this.closed = closed;
    }

    /**
     * Orders, and remembers what came of it.
     *
     * @param before what was known before
     * @param present the certificate that this one follows
     * @param names the required one first
     */
    RenewalState of(RenewalState before, Optional<X509Certificate> present, List<String> names)
            throws IOException, InterruptedException {
        RenewalState state = before;
        List<String> left = names;
        for (ChallengeType proof : proofs(before)) {
            Outcome outcome = order(state, left, proof, present);
            while (outcome instanceof Outcome.Unproven unproven && canDoWithout(unproven, left)) {
                left = without(unproven, left);
                state = remember(state.withOrder(Optional.empty()).without(leftOut(state, unproven)));
                outcome = order(state, left, proof, present);
            }
            if (outcome instanceof Outcome.Issued issued) {
                return issued(state, issued.identity(), proof);
            }
            if (!(outcome instanceof Outcome.Unproven unproven)) {
                return failed(outcome);
            }
            troubles.add("by " + proof.word() + ": " + sentence(unproven));
            state = remember(state.withOrder(Optional.empty()));
        }
        return failed(new Outcome.Refused(String.join("; ", troubles)));
    }

    /** What worked the last time comes first. */
    private List<ChallengeType> proofs(RenewalState state) {
        List<ChallengeType> proofs = new ArrayList<>(settings.proofs());
        state.proven().filter(proofs::remove).ifPresent(proven -> proofs.add(0, proven));
        return proofs;
    }

    private Outcome order(
            RenewalState state, List<String> names, ChallengeType proof, Optional<X509Certificate> present)
            throws IOException, InterruptedException {
        return authority.order(
                new Authority.Request(names, proof, present, state.order(), address -> begun(state, address)));
    }

    private void begun(RenewalState state, URI address) {
        try {
            remember(state.withOrder(Optional.of(address)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean canDoWithout(Outcome.Unproven unproven, List<String> names) {
        return !unproven.reasons().containsKey(settings.names().required())
                && names.stream().anyMatch(unproven.reasons()::containsKey);
    }

    private static List<String> without(Outcome.Unproven unproven, List<String> names) {
        return names.stream()
                .filter(name -> !unproven.reasons().containsKey(name))
                .toList();
    }

    private Map<String, Instant> leftOut(RenewalState state, Outcome.Unproven unproven) {
        Map<String, Instant> leftOut = new LinkedHashMap<>(state.leftOut());
        settings.names().optional().stream()
                .filter(unproven.reasons()::containsKey)
                .forEach(name -> leftOut.put(name, clock.instant()));
        leftOut.keySet().retainAll(settings.names().optional());
        return leftOut;
    }

    private static String sentence(Outcome.Unproven unproven) {
        return unproven.reasons().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(reason -> reason.getKey() + ": " + reason.getValue())
                .collect(Collectors.joining(", "));
    }

    private RenewalState issued(RenewalState state, TlsIdentity identity, ChallengeType proof) throws IOException {
        if (!CertificateRenewal.names(identity).contains(settings.names().required())) {
            return failed(new Outcome.Refused("the certificate that was given isn't for "
                    + settings.names().required()));
        }
        files.present(identity);
        Instant renewal =
                RenewalWindow.of(identity.notBefore(), identity.notAfter()).pick(random);
        RenewalState next = remember(state.succeeded(proof, renewal));
        files.forgetOrderKey();
        return next;
    }

    private RenewalState failed(Outcome outcome) throws IOException {
        RenewalState state = files.state().orElseGet(() -> RenewalState.of(settings.target()));
        if (closed.getAsBoolean()) {
            return state;
        }
        int failures = state.failures() + 1;
        Instant now = clock.instant();
        if (outcome instanceof Outcome.Unreachable unreachable) {
            Instant retry = now.plus(RetryPace.UNREACHABLE.after(failures, random));
            return remember(state.failed("the authority can't be asked: " + unreachable.reason(), retry)
                    .withOrder(state.order()));
        }
        Instant retry = now.plus(RetryPace.REFUSED.after(failures, random));
        if (outcome instanceof Outcome.TooMany limit) {
            Instant named = limit.notBefore().orElse(retry);
            return remember(state.failed(
                    "the authority wants a pause: " + limit.reason(), named.isAfter(retry) ? named : retry));
        }
        String reason = outcome instanceof Outcome.Refused refused ? refused.reason() : "";
        return remember(state.failed("the authority refused: " + reason, retry));
    }

    private RenewalState remember(RenewalState state) throws IOException {
        files.remember(state);
        return state;
    }
}
