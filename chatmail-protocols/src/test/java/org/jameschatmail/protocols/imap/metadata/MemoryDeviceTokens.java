package org.jameschatmail.protocols.imap.metadata;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.core.Username;

/** Device tokens in memory. */
public final class MemoryDeviceTokens implements DeviceTokens {
    private final Map<Username, Map<DeviceToken, Instant>> tokens = new HashMap<>();
    private final Clock clock;

    public MemoryDeviceTokens(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void add(Username owner, DeviceToken token) {
        Map<DeviceToken, Instant> own = tokens.computeIfAbsent(owner, absent -> new LinkedHashMap<>());
        own.put(token, clock.instant());
        if (own.size() > MAX_PER_ACCOUNT) {
            own.entrySet().stream()
                    .min(Comparator.comparing(Map.Entry<DeviceToken, Instant>::getValue))
                    .ifPresent(oldest -> own.remove(oldest.getKey()));
        }
    }

    @Override
    public synchronized List<DeviceToken> list(Username owner) {
        return List.copyOf(tokens.getOrDefault(owner, Map.of()).keySet());
    }

    @Override
    public synchronized void remove(Username owner, DeviceToken token) {
        tokens.getOrDefault(owner, new HashMap<>()).remove(token);
    }

    @Override
    public synchronized void removeAll(Username owner) {
        tokens.remove(owner);
    }

    @Override
    public synchronized int removeRenewedBefore(Instant time) {
        int before = count();
        tokens.values().forEach(own -> own.values().removeIf(renewed -> renewed.isBefore(time)));
        return before - count();
    }

    private int count() {
        return tokens.values().stream().mapToInt(Map::size).sum();
    }
}
