package org.jameschatmail.core.account;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jameschatmail.core.network.ClientNetwork;

/**
 * Counts new accounts per client network over a sliding hour: with a limit of 300, no hour sees a 301st. Ask once per
 * account that is about to be created. It remembers at most {@value #MOST_REMEMBERED} creations; beyond that the
 * networks that were quiet longest are forgotten first. Thread-safe.
 */
public final class CreationRate {
    static final int MOST_REMEMBERED = 100_000;
    private static final Duration PERIOD = Duration.ofHours(1);

    private final IntSupplier limit;
    private final int mostRemembered;
    private final Clock clock;
    /** Creation times in milliseconds, oldest first; the network that created last stands last. */
    private final Map<ClientNetwork, ArrayDeque<Long>> creations = new LinkedHashMap<>(16, 0.75f, true);

    private int remembered;

    /** @param limit accounts an hour, 0 for no limit; asked each time */
    public CreationRate(IntSupplier limit, Clock clock) {
        this(limit, MOST_REMEMBERED, clock);
    }

    CreationRate(IntSupplier limit, int mostRemembered, Clock clock) {
        this.limit = limit;
        this.mostRemembered = mostRemembered;
        this.clock = clock;
    }

    /** Counts a new account, or answers how long its network has to wait; a refusal does not count. */
    public synchronized Optional<Duration> waitBefore(InetAddress client) {
        int perHour = limit.getAsInt();
        if (perHour == 0) {
            return Optional.empty();
        }
        long now = clock.millis();
        ClientNetwork network = ClientNetwork.of(client);
        ArrayDeque<Long> times = creations.computeIfAbsent(network, unseen -> new ArrayDeque<>());
        forgetBefore(now - PERIOD.toMillis(), times);
        if (times.size() >= perHour) {
            // One hour behind that creation, after which fewer are left than the limit.
            long leaves =
                    times.stream().skip(times.size() - perHour).findFirst().orElseThrow();
            return Optional.of(Duration.ofMillis(leaves + PERIOD.toMillis() - now));
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
