package org.jameschatmail.core.account;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.network.ClientNetwork;

/**
 * Counts new accounts per client network over a sliding hour: with a limit of 300, no hour sees a 301st. Ask once per
 * account that is about to be created. It remembers at most {@value #MOST_REMEMBERED} creations; beyond that the
 * networks that were quiet longest are forgotten first. Thread-safe.
 */
public final class CreationRate {
    static final int MOST_REMEMBERED = 100_000;
    private static final Duration PERIOD = Duration.ofHours(1);

    private final int perHour;
    private final int mostRemembered;
    private final Clock clock;
    /** Creation times in milliseconds, oldest first; the network that created last stands last. */
    private final Map<ClientNetwork, ArrayDeque<Long>> creations = new LinkedHashMap<>(16, 0.75f, true);

    private int remembered;

    public CreationRate(RegistrationConfiguration registration, Clock clock) {
        this(registration.ratePerNetwork(), MOST_REMEMBERED, clock);
    }

    CreationRate(int perHour, int mostRemembered, Clock clock) {
        this.perHour = perHour;
        this.mostRemembered = mostRemembered;
        this.clock = clock;
    }

    /** Counts a new account, or answers how long its network has to wait; a refusal does not count. */
    public synchronized Optional<Duration> waitBefore(InetAddress client) {
        if (perHour == 0) {
            return Optional.empty();
        }
        long now = clock.millis();
        ClientNetwork network = ClientNetwork.of(client);
        ArrayDeque<Long> times = creations.computeIfAbsent(network, unseen -> new ArrayDeque<>());
        forgetBefore(now - PERIOD.toMillis(), times);
        if (times.size() >= perHour) {
            return Optional.of(Duration.ofMillis(times.getFirst() + PERIOD.toMillis() - now));
        }
        times.addLast(now);
        remembered++;
        forgetQuietest(network);
        return Optional.empty();
    }

    synchronized int remembered() {
        return remembered;
    }

    private void forgetBefore(long start, ArrayDeque<Long> times) {
        while (!times.isEmpty() && times.getFirst() <= start) {
            times.removeFirst();
            remembered--;
        }
    }

    private void forgetQuietest(ClientNetwork justSeen) {
        Iterator<Map.Entry<ClientNetwork, ArrayDeque<Long>>> quietest =
                creations.entrySet().iterator();
        while (remembered > mostRemembered && quietest.hasNext()) {
            Map.Entry<ClientNetwork, ArrayDeque<Long>> entry = quietest.next();
            if (!entry.getKey().equals(justSeen)) {
                remembered -= entry.getValue().size();
                quietest.remove();
            }
        }
    }
}
