package org.jameschatmail.benchmarks.load.peer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.jameschatmail.benchmarks.load.measure.ProcessTree;
import org.jameschatmail.benchmarks.load.scenario.Target;
import org.jameschatmail.benchmarks.load.wire.Endpoint;

/**
 * James Chatmail as it is distributed, with the limits lifted that a load program runs into, and with keys of its own.
 *
 * @param launcher the distribution's {@code bin/chatmail}
 * @param folder for data and log; emptied at every start
 * @param keys more keys of {@code conf/chatmail.properties}
 * @param filled what it has stored before it is measured
 */
public record ChatmailPeer(
        String name, Path launcher, Path folder, Map<String, String> keys, Optional<FilledStore> filled)
        implements Peer {
    private static final Duration START_DEADLINE = Duration.ofMinutes(3);
    public static final String DOMAIN = "bench.localhost";
    private static final Map<String, String> LIMITS_LIFTED = Map.of(
            "bind.address", "127.0.0.1",
            "send.rate.per-minute", "0",
            "registration.guard.load", "0",
            "registration.rate.per-network", "0",
            "imap.connections.per-network", "0",
            "smtp.connections.per-network", "0");

    public ChatmailPeer {
        keys = Map.copyOf(keys);
    }

    @Override
    public List<String> versions() throws IOException {
        return List.of(Child.output(List.of(launcher.toString(), "version"))
                .lines()
                .findFirst()
                .orElse(""));
    }

    @Override
    public Running start() throws IOException {
        Folders.empty(folder);
        Running first = startOnce(Metric.FIRST_START_READY, Map.of());
        first.close();
        if (filled.isPresent()) {
            filled.get().fill(launcher.resolveSibling("../lib").normalize(), folder.resolve("data"));
        }
        return startOnce(Metric.START_READY, first.starts());
    }

    private Running startOnce(Metric metric, Map<Metric, Double> before) throws IOException {
        int offset = FreePorts.offset();
        long begin = System.nanoTime();
        Child server = Child.start(folder.resolve("output"), command(offset));
        try {
            server.await(START_DEADLINE, () -> server.log().lines().anyMatch(line -> line.startsWith("READY ")));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        Map<Metric, Double> starts = new HashMap<>(before);
        starts.put(metric, (System.nanoTime() - begin) / 1e9);
        return new RunningChatmail(server, target(server, offset), starts);
    }

    private List<String> command(int offset) {
        Map<String, String> all = new LinkedHashMap<>(LIMITS_LIFTED);
        all.putAll(keys);
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(),
                "run",
                "--domain",
                DOMAIN,
                "--data",
                folder.resolve("data").toString(),
                "--port-offset",
                String.valueOf(offset)));
        all.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return command;
    }

    private Target target(Child server, int offset) {
        return new Target(
                name,
                DOMAIN,
                Endpoint.loopback(465 + offset),
                Endpoint.loopback(993 + offset),
                Optional.of(URI.create("https://127.0.0.1:" + (443 + offset) + "/new")),
                PASSWORD,
                new ProcessTree(List.of(server.pid())));
    }

    private record RunningChatmail(Child server, Target target, Map<Metric, Double> starts) implements Running {
        @Override
        public void close() {
            server.close();
        }
    }
}
