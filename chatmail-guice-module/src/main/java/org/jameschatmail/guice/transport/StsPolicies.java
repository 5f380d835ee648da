package org.jameschatmail.guice.transport;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.outgoing.StsPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MTA-STS policies of other domains: looked for every ten minutes at most, fetched when their id has changed, and
 * kept as long as they say. A policy that can't be had anew stays until its end. In memory, at most
 * {@value #MAX_DOMAINS}: after a start they are fetched again. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461">RFC 8461</a>
 */
final class StsPolicies {
    private static final Logger LOGGER = LoggerFactory.getLogger(StsPolicies.class);
    private static final int MAX_DOMAINS = 10_000;
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);
    private static final String PATH = "/.well-known/mta-sts.txt";
    private static final String TEXT = "text/plain";

    private final NameService names;
    private final Dialer dialer;
    private final RemotePorts ports;
    private final TransportCounters counters;
    private final Clock clock;
    private final Cache<String, Known> cache =
            CacheBuilder.newBuilder().maximumSize(MAX_DOMAINS).build();

    StsPolicies(NameService names, Dialer dialer, RemotePorts ports, TransportCounters counters, Clock clock) {
        this.names = names;
        this.dialer = dialer;
        this.ports = ports;
        this.counters = counters;
        this.clock = clock;
    }

    /** @param id of the record that the policy was fetched for */
    private record Known(Optional<StsPolicy> policy, String id, Instant looked, Instant end) {
        private static final Known NOTHING = new Known(Optional.empty(), "", Instant.MIN, Instant.MIN);

        Known lookedAt(Instant now) {
            return new Known(policy, id, now, end);
        }
    }

    /** The policy of a domain, if it has one. */
    Optional<StsPolicy> of(String domain) {
        Instant now = clock.instant();
        Known known = Optional.ofNullable(cache.getIfPresent(domain)).orElse(Known.NOTHING);
        if (!known.looked().isBefore(now.minus(LOOK_AGAIN))) {
            return known.policy();
        }
        if (!known.end().isAfter(now)) {
            known = Known.NOTHING;
        }
        Known looked = look(domain, known, now);
        cache.put(domain, looked);
        return looked.policy();
    }

    private Known look(String domain, Known known, Instant now) {
        List<String> ids = names.texts("_mta-sts." + domain).orElse(List.of()).stream()
                .map(StsPolicy::idOf)
                .flatMap(Optional::stream)
                .toList();
        if (ids.size() != 1 || ids.get(0).equals(known.id())) {
            return known.lookedAt(now);
        }
        Optional<StsPolicy> fetched = fetch("mta-sts." + domain);
        if (fetched.isEmpty()) {
            counters.policyFetchFailed().increment();
            return known.lookedAt(now);
        }
        return new Known(fetched, ids.get(0), now, now.plus(fetched.get().maxAge()));
    }

    private Optional<StsPolicy> fetch(String host) {
        List<InetAddress> addresses = names.addresses(host).orElse(List.of());
        RemoteHost remote = new RemoteHost(host, addresses, true);
        try (HttpsSession session = HttpsSession.open(dialer, remote, ports.https())) {
            HttpsAnswer answer = session.get(PATH, StsPolicy.MAX_LENGTH);
            boolean policy = answer.status() == 200 && answer.mediaType().equals(TEXT);
            return policy ? StsPolicy.parse(answer.body()) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOGGER.debug("An MTA-STS policy can't be fetched", e);
            return Optional.empty();
        }
    }
}
