package org.jameschatmail.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jameschatmail.benchmarks.load.mail.Integrity;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.jameschatmail.benchmarks.load.measure.Sample;
import org.jameschatmail.benchmarks.load.peer.Peer;
import org.jameschatmail.benchmarks.load.report.Results;
import org.jameschatmail.benchmarks.load.scenario.Scenario;

/**
 * Runs each scenario on all servers in turn, A B C A B C, so that whatever else the machine does hits all of them alike.
 * The servers run side by side from the first scenario to the last; those that aren't measured have nothing to do.
 */
final class Comparison {
    private final List<Peer> peers;
    private final int warmUps;
    private final int rounds;
    private final Results results;
    private final PrintStream progress;

    Comparison(List<Peer> peers, int warmUps, int rounds, Results results, PrintStream progress) {
        this.peers = peers;
        this.warmUps = warmUps;
        this.rounds = rounds;
        this.results = results;
        this.progress = progress;
    }

    /** Uses the servers while they run. */
    interface Use {
        void of(Map<String, Peer.Running> running) throws IOException, InterruptedException;
    }

    /** Starts all servers, and ends them afterwards. */
    void withServers(Use use) throws IOException, InterruptedException {
        Map<String, Peer.Running> running = new LinkedHashMap<>();
        try {
            for (Peer peer : peers) {
                running.put(peer.name(), peer.start());
                say("%s is ready", peer.name());
            }
            use.of(running);
        } finally {
            for (Peer.Running server : running.values()) {
                server.close();
            }
        }
    }

    /** Rounds up to 0 only warm up. */
    void measure(Scenario scenario, Map<String, Peer.Running> running) throws IOException, InterruptedException {
        for (int round = 1 - warmUps; round <= rounds; round++) {
            for (Map.Entry<String, Peer.Running> server : running.entrySet()) {
                Sample sample = scenario.run(server.getValue().target());
                record(scenario.name(), server.getKey(), round, sample);
            }
        }
    }

    /** Starts each server anew for each round, and runs a scenario on it; none may run meanwhile. */
    void measureFresh(Scenario scenario) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (Peer peer : peers) {
                try (Peer.Running server = peer.start()) {
                    record("start", peer.name(), round, new Sample(server.starts(), Integrity.WHOLE));
                    record(scenario.name(), peer.name(), round, scenario.run(server.target()));
                }
            }
        }
    }

    private void record(String scenario, String peer, int round, Sample sample) {
        List<String> figures = new ArrayList<>();
        for (Metric metric : sample.figures().keySet()) {
            figures.add(String.format(
                    Locale.ROOT,
                    "%s %.4g %s",
                    metric.name().toLowerCase(Locale.ROOT),
                    sample.figures().get(metric),
                    metric.unit()));
        }
        String label = round < 1 ? "warm-up" : "round " + round;
        say("%s, %s, %s: %s; %s", scenario, label, peer, String.join(", ", figures), sample.integrity());
        results.integrity(peer, sample.integrity());
        if (round > 0) {
            sample.figures().forEach((metric, value) -> results.add(peer, metric, value));
        }
    }

    private void say(String format, Object... values) {
        progress.println(String.format(Locale.ROOT, format, values));
        progress.flush();
    }
}
