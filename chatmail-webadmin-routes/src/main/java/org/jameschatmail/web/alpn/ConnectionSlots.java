package org.jameschatmail.web.alpn;

import java.util.HashMap;
import java.util.Map;
import org.jameschatmail.core.network.ClientNetwork;

/** Bounds connections, in all and for each network; holds nothing for networks without a connection. Thread-safe. */
public final class ConnectionSlots {
    private final int total;
    private final int perNetwork;
    private final Map<ClientNetwork, Integer> taken = new HashMap<>();
    private int sum;

    /** Both are at least 1. */
    public ConnectionSlots(int total, int perNetwork) {
        if (total < 1 || perNetwork < 1) {
            throw new IllegalArgumentException("no slots: " + total + ", " + perNetwork);
        }
        this.total = total;
        this.perNetwork = perNetwork;
    }

    /** Whether there was room; each success is to be followed by one {@link #release}. */
    public synchronized boolean take(ClientNetwork network) {
        int present = taken.getOrDefault(network, 0);
        if (sum >= total || present >= perNetwork) {
            return false;
        }
        sum++;
        taken.put(network, present + 1);
        return true;
    }

    /** Gives one back. */
    public synchronized void release(ClientNetwork network) {
        sum--;
        taken.computeIfPresent(network, (key, present) -> present > 1 ? present - 1 : null);
    }

    /** How many networks have a connection. */
    synchronized int networks() {
        return taken.size();
    }
}
