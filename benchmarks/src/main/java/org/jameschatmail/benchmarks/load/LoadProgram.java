package org.jameschatmail.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jameschatmail.benchmarks.load.peer.ChatmailPeer;
import org.jameschatmail.benchmarks.load.peer.FilledStore;
import org.jameschatmail.benchmarks.load.peer.Peer;
import org.jameschatmail.benchmarks.load.peer.PostfixDovecotPeer;
import org.jameschatmail.benchmarks.load.report.Chart;
import org.jameschatmail.benchmarks.load.report.MachineFacts;
import org.jameschatmail.benchmarks.load.report.Results;
import org.jameschatmail.benchmarks.load.report.Table;
import org.jameschatmail.benchmarks.load.scenario.Drain;
import org.jameschatmail.benchmarks.load.scenario.GroupFanOut;
import org.jameschatmail.benchmarks.load.scenario.IdleConnections;
import org.jameschatmail.benchmarks.load.scenario.Onboarding;
import org.jameschatmail.benchmarks.load.scenario.Patience;
import org.jameschatmail.benchmarks.load.scenario.PingPong;
import org.jameschatmail.benchmarks.load.scenario.Scenario;
import org.jameschatmail.benchmarks.load.scenario.Target;
import org.jameschatmail.benchmarks.load.scenario.Throughput;

/**
 * {@code ./chatmail bench}: compares servers side by side and writes a report. Ends with status 1 when a server lost,
 * doubled or did not announce a message, 2 when the arguments are wrong.
 */
public final class LoadProgram {
    static final int BYTES = 6000;
    // What needs a server that has just started.
    private static final List<String> FRESH = List.of("idle", "idle-compressed");

    private final LoadOptions options;

    private LoadProgram(LoadOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(LoadOptions.USAGE);
            return;
        }
        int status;
        try {
            status = new LoadProgram(LoadOptions.parse(arguments)).run();
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage() + "\n\n" + LoadOptions.USAGE);
            status = 2;
        }
        // Threads that still read from a server that failed end with the program.
        System.exit(status);
    }

    private int run() throws IOException, InterruptedException {
        List<Peer> peers = peers();
        List<Scenario> fresh = new ArrayList<>();
        List<Scenario> alternating = new ArrayList<>();
        for (String name : options.scenarios()) {
            Scenario scenario = Optional.ofNullable(scenarios().get(name))
                    .orElseThrow(() -> new IllegalArgumentException("unknown scenario " + name));
            (FRESH.contains(name) ? fresh : alternating).add(scenario);
        }
        Results results = new Results(options.peers());
        Comparison comparison = new Comparison(peers, options.warmUps(), options.rounds(), results, System.out);
        if (options.hold()) {
            comparison.withServers(LoadProgram::hold);
            return 0;
        }
        for (Scenario scenario : fresh) {
            comparison.measureFresh(scenario);
        }
        if (!alternating.isEmpty()) {
            comparison.withServers(running -> {
                for (Scenario scenario : alternating) {
                    comparison.measure(scenario, running);
                }
            });
        }
        report(peers, results);
        return results.isWhole() ? 0 : 1;
    }

    private List<Peer> peers() {
        Path folder = options.folder().toAbsolutePath().normalize();
        Path launcher = options.launcher().toAbsolutePath().normalize();
        List<Peer> peers = new ArrayList<>();
        for (String name : options.peers()) {
            if (LoadOptions.REFERENCE.equals(name)) {
                if (!PostfixDovecotPeer.isPossible()) {
                    throw new IllegalArgumentException(name + " needs root, and Debian's packages postfix,"
                            + " dovecot-imapd, dovecot-lmtpd, opendkim, gcc and libc6-dev; --peers leaves it out");
                }
                peers.add(new PostfixDovecotPeer(name, folder.resolve(name)));
            } else if (LoadOptions.CHATMAIL.equals(name) || options.variants().containsKey(name)) {
                Map<String, String> keys = options.variants().getOrDefault(name, Map.of());
                Optional<FilledStore> filled = options.filled().filter(store -> LoadOptions.FILLED.equals(name));
                peers.add(new ChatmailPeer(name, launcher, folder.resolve(name), keys, filled));
            } else {
                throw new IllegalArgumentException("unknown peer " + name + ": name it with --variant");
            }
        }
        return peers;
    }

    private Map<String, Scenario> scenarios() {
        int messages = options.messages();
        Patience patience = Patience.DEFAULT;
        List<Scenario> all = List.of(
                idle(false, patience),
                idle(true, patience),
                new PingPong(Math.max(2, messages / 10), BYTES, patience),
                new Throughput(10, 40, messages, BYTES, patience),
                new GroupFanOut(50, 200, BYTES, patience),
                new Onboarding(2_000, 8),
                new Drain(1000, BYTES, patience));
        Map<String, Scenario> byName = new LinkedHashMap<>();
        all.forEach(scenario -> byName.put(scenario.name(), scenario));
        return byName;
    }

    private IdleConnections idle(boolean compressed, Patience patience) {
        return new IdleConnections(
                compressed, options.connections(), 50, BYTES, Duration.ofSeconds(3), Duration.ofSeconds(40), patience);
    }

    private static void hold(Map<String, Peer.Running> running) throws IOException {
        running.values().stream().map(Peer.Running::target).forEach(LoadProgram::describe);
        System.out.println("Enter ends them.");
        System.in.read();
    }

    private static void describe(Target target) {
        System.out.println(target.name() + ": domain " + target.domain() + ", submissions " + target.submissions()
                + ", imaps " + target.imaps() + ", password " + target.password() + ", processes "
                + target.processes().roots());
    }

    private void report(List<Peer> peers, Results results) throws IOException {
        Path folder = Files.createDirectories(options.report());
        List<String> facts = new ArrayList<>(MachineFacts.lines(options.folder()));
        for (Peer peer : peers) {
            facts.add(peer.name() + ": " + String.join(", ", peer.versions()));
        }
        facts.add("Median of " + options.rounds() + " rounds after " + options.warmUps() + " that warmed up, of "
                + options.messages() + " messages; least and most in parentheses; " + BYTES + " bytes a message, "
                + options.connections() + " idle connections.");
        String reference = options.peers().contains(LoadOptions.REFERENCE)
                ? LoadOptions.REFERENCE
                : options.peers().get(0);
        String table = Table.markdown(results, reference, facts);
        Files.writeString(folder.resolve("benchmarks.md"), table);
        Files.writeString(folder.resolve("benchmarks.svg"), Chart.svg(results));
        System.out.println();
        System.out.println(table);
        System.out.println("The report is in " + folder.toAbsolutePath().normalize());
    }
}
