package org.jameschatmail.guice.transport;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jameschatmail.core.outgoing.Destination;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.MxAnswer;
import org.jameschatmail.core.outgoing.Route;
import org.jameschatmail.core.outgoing.StsPolicy;

/**
 * Finds the hosts of a domain, by MX and by what its MTA-STS policy permits. Remembers them for a minute. Thread-safe.
 */
final class Directions {
    private static final int MAX_DOMAINS = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final NameService names;
    private final StsPolicies policies;
    private final TransportCounters counters;
    private final Random random;
    private final Cache<Destination, Way.Hosts> found = CacheBuilder.newBuilder()
            .maximumSize(MAX_DOMAINS)
            .expireAfterWrite(REMEMBERED)
            .build();

    Directions(NameService names, StsPolicies policies, TransportCounters counters, Random random) {
        this.names = names;
        this.policies = policies;
        this.counters = counters;
        this.random = random;
    }

    /** Where to go. */
    sealed interface Way {
        /** @param hosts in the order in which they are tried, one or more, each with an address */
        record Hosts(List<RemoteHost> hosts) implements Way {}

        /** @param answered whether the name service said so of this domain: another try soon is of no use to others */
        record Nowhere(Diagnosis diagnosis, boolean answered) implements Way {}
    }

    Way to(Destination destination) {
        Optional<InetAddress> address = destination.address();
        if (address.isPresent()) {
            return new Way.Hosts(
                    List.of(new RemoteHost(address.get().getHostAddress(), List.of(address.get()), false)));
        }
        Way.Hosts remembered = found.getIfPresent(destination);
        if (remembered != null) {
            return remembered;
        }
        Way way = find(destination);
        if (way instanceof Way.Hosts hosts) {
            found.put(destination, hosts);
        }
        return way;
    }

    private Way find(Destination destination) {
        MxAnswer answer = names.mailHosts(destination.domain().host());
        Route route = Route.of(destination, answer, random);
        if (route instanceof Route.Nowhere nowhere) {
            return new Way.Nowhere(nowhere.diagnosis(), nowhere.diagnosis().isPermanent());
        }
        List<String> permitted = permitted(destination, ((Route.Hosts) route).names());
        if (permitted.isEmpty()) {
            return new Way.Nowhere(
                    Diagnosis.ours(451, "4.7.5", "The policy (MTA-STS) of the domain forbids its mail hosts"), false);
        }
        List<RemoteHost> hosts = new ArrayList<>();
        boolean trouble = false;
        for (String name : permitted) {
            Optional<List<InetAddress>> addresses = names.addresses(name);
            trouble |= addresses.isEmpty();
            addresses
                    .filter(some -> !some.isEmpty())
                    .ifPresent(some -> hosts.add(new RemoteHost(name, some, destination.needsKnownCertificate())));
        }
        if (!hosts.isEmpty()) {
            return new Way.Hosts(hosts);
        }
        boolean noHost = answer instanceof MxAnswer.None && !trouble;
        return noHost
                ? new Way.Nowhere(Diagnosis.ours(512, "5.1.2", "The domain of the address has no mail host"), true)
                : new Way.Nowhere(Diagnosis.ours(451, "4.4.3", "The addresses of the mail hosts are not known"), false);
    }

    private List<String> permitted(Destination destination, List<String> hosts) {
        if (!destination.needsKnownCertificate()) {
            return hosts;
        }
        Optional<StsPolicy> policy = policies.of(destination.domain().text());
        if (policy.isEmpty()) {
            return hosts;
        }
        List<String> permitted = new ArrayList<>();
        for (String host : hosts) {
            if (policy.get().permits(host)) {
                permitted.add(host);
            }
            if (policy.get().mode() != StsPolicy.Mode.NONE && !policy.get().names(host)) {
                counters.policyForbidsHost().increment();
            }
        }
        return permitted;
    }
}
