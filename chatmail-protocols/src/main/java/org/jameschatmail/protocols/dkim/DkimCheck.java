package org.jameschatmail.protocols.dkim;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.DeliveryConfiguration;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;

/**
 * Whether mail comes from whom it says: it needs a valid DKIM signature whose {@code d=} is the From domain itself,
 * neither a parent nor a subdomain; mail of an address literal ({@code a@[192.0.2.1]}) must come from that address
 * instead. One valid signature is enough, whatever the others are.
 *
 * <p>Stricter than RFC 6376: {@code rsa-sha1} and RSA keys below 1024 bits don't count (RFC 8301), nor does a signature
 * with an {@code l=} that leaves a part of the body open. A clock may be wrong by an hour.
 *
 * <p>Waits for DNS, 5 s a message at most, on the thread that calls: never call it on an event loop. Reads the
 * message once, as a stream; holds no more than its header. Keys are remembered among messages. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6376#section-6">RFC 6376, section 6</a>
 */
@Singleton
public final class DkimCheck {
    static final int MAX_SIGNATURES = 10;
    private static final Duration DNS_PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOCK_DRIFT = Duration.ofHours(1);
    private static final int BUFFER_SIZE = 16384;

    private final DkimKeys keys;
    private final Clock clock;
    private final Duration dnsPatience;

    /** @param delivery names the resolvers to ask */
    @Inject
    public DkimCheck(DeliveryConfiguration delivery, Clock clock) {
        this(new DkimKeys(new KeyRecords(delivery.dnsServers())::lookUp, clock), clock, DNS_PATIENCE);
    }

    DkimCheck(DkimKeys keys, Clock clock, Duration dnsPatience) {
        this.keys = keys;
        this.clock = clock;
        this.dnsPatience = dnsPatience;
    }

    /**
     * Judges a message that has passed the gate, which knows that it has one From field and CRLF line ends.
     *
     * @param message with CRLF line ends; read at most once and to its end, not closed
     * @param from the address that the gate read from the From field
     * @param client the address of the connection
     * @return why it is refused: for good, or as {@link Reason#DKIM_KEY_UNAVAILABLE} until DNS answers; or empty
     * @throws IOException when the stream can't be read: our own trouble, to be answered with a 4yz
     */
    public Optional<Rejected> check(InputStream message, EmailAddress from, InetAddress client) throws IOException {
        Optional<MailDomain> domain = FromDomain.parse(from.domain());
        if (domain.isPresent() && domain.get().isAddressLiteral()) {
            boolean connected = domain.get().address().filter(client::equals).isPresent();
            return connected ? Optional.empty() : Optional.of(Rejected.of(Reason.FROM_IS_NOT_THE_CONNECTED_ADDRESS));
        }
        BufferedInputStream in = new BufferedInputStream(message, BUFFER_SIZE);
        Optional<HeaderBlock> header = HeaderBlock.read(in);
        if (header.isEmpty() || header.get().named("from").size() != 1) {
            return Optional.of(Rejected.of(Reason.MALFORMED_MESSAGE));
        }
        List<HeaderBlock.Field> fields = header.get().named("dkim-signature");
        if (fields.isEmpty()) {
            return Optional.of(Rejected.of(Reason.NO_DKIM_SIGNATURE));
        }
        Map<SignatureOutcome, Integer> outcomes = new EnumMap<>(SignatureOutcome.class);
        List<DkimSignature> candidates = candidates(fields, domain, outcomes);
        if (!candidates.isEmpty()) {
            verify(candidates, header.get(), in, outcomes);
        }
        return refusal(outcomes);
    }

    /** The signatures worth a look at the body; what became of the others is counted. */
    private List<DkimSignature> candidates(
            List<HeaderBlock.Field> fields, Optional<MailDomain> from, Map<SignatureOutcome, Integer> outcomes) {
        List<DkimSignature> candidates = new ArrayList<>();
        for (HeaderBlock.Field field : fields) {
            Optional<DkimSignature> signature = DkimSignature.parse(field);
            if (signature.isEmpty()) {
                count(SignatureOutcome.UNUSABLE, outcomes);
            } else if (!from.equals(Optional.of(signature.get().domain()))) {
                count(SignatureOutcome.OTHER_DOMAIN, outcomes);
            } else if (isOutOfTime(signature.get())) {
                count(SignatureOutcome.OUT_OF_TIME, outcomes);
            } else if (candidates.size() == MAX_SIGNATURES) {
                count(SignatureOutcome.SURPLUS, outcomes);
            } else {
                candidates.add(signature.get());
            }
        }
        return candidates;
    }

    private boolean isOutOfTime(DkimSignature signature) {
        Instant now = clock.instant();
        boolean expired = signature
                .expires()
                .filter(end -> end.plus(CLOCK_DRIFT).isBefore(now))
                .isPresent();
        boolean early = signature
                .signed()
                .filter(start -> start.isAfter(now.plus(CLOCK_DRIFT)))
                .isPresent();
        boolean reversed = signature
                .expires()
                .flatMap(end -> signature.signed().filter(end::isBefore))
                .isPresent();
        return expired || early || reversed;
    }

    /** The body first, as it costs no question to a name server; ends with the first signature that is valid. */
    private void verify(
            List<DkimSignature> candidates,
            HeaderBlock header,
            InputStream body,
            Map<SignatureOutcome, Integer> outcomes)
            throws IOException {
        Map<Canonicalization, BodyHash.Result> hashes = hash(body, candidates);
        SignatureVerifier verifier = new SignatureVerifier(header, keys, Deadline.in(dnsPatience));
        for (DkimSignature signature : candidates) {
            BodyHash.Result hash = hashes.get(signature.bodyForm());
            SignatureOutcome outcome = hash != null && hash.isThatOf(signature)
                    ? verifier.verify(signature)
                    : SignatureOutcome.BODY_DIFFERS;
            count(outcome, outcomes);
            if (outcome == SignatureOutcome.VALID) {
                return;
            }
        }
    }

    private static Map<Canonicalization, BodyHash.Result> hash(InputStream body, List<DkimSignature> signatures)
            throws IOException {
        Map<Canonicalization, BodyHash> hashes = new EnumMap<>(Canonicalization.class);
        for (DkimSignature signature : signatures) {
            hashes.computeIfAbsent(signature.bodyForm(), BodyHash::new);
        }
        byte[] buffer = new byte[BUFFER_SIZE];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            for (BodyHash hash : hashes.values()) {
                hash.update(buffer, count);
            }
        }
        Map<Canonicalization, BodyHash.Result> results = new EnumMap<>(Canonicalization.class);
        hashes.forEach((form, hash) -> results.put(form, hash.finish()));
        return results;
    }

    private static Optional<Rejected> refusal(Map<SignatureOutcome, Integer> outcomes) {
        if (outcomes.containsKey(SignatureOutcome.VALID)) {
            return Optional.empty();
        }
        Reason reason = outcomes.containsKey(SignatureOutcome.KEY_UNAVAILABLE)
                ? Reason.DKIM_KEY_UNAVAILABLE
                : Reason.NO_VALID_DKIM_SIGNATURE;
        return Optional.of(Rejected.of(reason).because(outcomes.toString()));
    }

    private static void count(SignatureOutcome outcome, Map<SignatureOutcome, Integer> outcomes) {
        outcomes.merge(outcome, 1, Integer::sum);
    }
}
