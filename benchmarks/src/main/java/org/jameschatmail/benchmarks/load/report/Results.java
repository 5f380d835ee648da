package org.jameschatmail.benchmarks.load.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jameschatmail.benchmarks.load.mail.Integrity;
import org.jameschatmail.benchmarks.load.measure.Metric;

/** What all rounds gave. For use by one thread. */
public final class Results {
    /** The values of all rounds in one: the middle one, and the two ends. */
    public record Spread(double median, double least, double most) {}

    private final List<String> peers;
    private final Map<String, Map<Metric, List<Double>>> values = new HashMap<>();
    private final Map<String, Integrity> integrity = new HashMap<>();

    /** @param peers in the order of the report */
    public Results(List<String> peers) {
        this.peers = List.copyOf(peers);
    }

    public List<String> peers() {
        return peers;
    }

    public void add(String peer, Metric metric, double value) {
        values.computeIfAbsent(peer, any -> new EnumMap<>(Metric.class))
                .computeIfAbsent(metric, any -> new ArrayList<>())
                .add(value);
    }

    /** Adds what went wrong in a round, one that warms up too. */
    public void integrity(String peer, Integrity found) {
        integrity.merge(peer, found, Integrity::plus);
    }

    public Integrity integrity(String peer) {
        return integrity.getOrDefault(peer, Integrity.WHOLE);
    }

    public boolean isWhole() {
        return integrity.values().stream().allMatch(Integrity::isWhole);
    }

    /** Empty when the peer has no such figure. */
    public Optional<Spread> spread(String peer, Metric metric) {
        List<Double> sorted = values.getOrDefault(peer, Map.of()).getOrDefault(metric, List.of()).stream()
                .filter(value -> !value.isNaN())
                .sorted()
                .toList();
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        int last = sorted.size() - 1;
        double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
        return Optional.of(new Spread(median, sorted.get(0), sorted.get(last)));
    }
}
