package org.jameschatmail.benchmarks.load;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jameschatmail.benchmarks.load.peer.ChatmailPeer;
import org.jameschatmail.benchmarks.load.peer.FilledStore;

/**
 * The command line of the load program.
 *
 * @param peers names of the servers to compare, in the order of the report
 * @param variants James Chatmail with keys of its own, by the name of the peer
 * @param scenarios names of what is run
 * @param warmUps rounds before the measured ones, uncounted
 * @param rounds measured rounds
 * @param messages of ping-pong and throughput
 * @param connections that idle
 * @param folder where the servers have their data
 * @param report where table and chart go
 * @param launcher {@code bin/chatmail} of the distribution
 * @param filled what the server {@code chatmail-filled} has stored already
 * @param hold start the servers, say where they are, and wait for the end of standard input
 */
record LoadOptions(
        List<String> peers,
        Map<String, Map<String, String>> variants,
        List<String> scenarios,
        int warmUps,
        int rounds,
        int messages,
        int connections,
        Path folder,
        Path report,
        Path launcher,
        boolean hold,
        Optional<FilledStore> filled) {
    static final String CHATMAIL = "chatmail";
    static final String REFERENCE = "postfix-dovecot";
    static final String FILLED = "chatmail-filled";

    private static final LoadOptions DEFAULT = new LoadOptions(
            List.of(CHATMAIL, REFERENCE),
            Map.of(),
            List.of("idle", "idle-compressed", "throughput", "ping-pong", "group", "onboarding", "drain"),
            2,
            3,
            10_000,
            1000,
            Path.of("benchmarks/target/run"),
            Path.of("benchmarks/target/report"),
            Path.of("assembly/target/dist/bin/chatmail"),
            false,
            Optional.empty());

    static final String USAGE = """
            Usage: ./chatmail bench [OPTION]...

              --peers NAME,...        chatmail, postfix-dovecot and names of variants; default the first two
              --variant NAME:KEY=VALUE[,KEY=VALUE]...
                                      one more server of ours, with keys of its own
              --filled ACCOUNTS/MESSAGES
                                      one more server of ours, chatmail-filled, that has stored so much already
              --scenarios NAME,...    idle, idle-compressed, throughput, ping-pong, group, onboarding, drain;
                                      default all
              --rounds N              measured rounds; default 3
              --warm-up N             rounds before them, not counted; default 2
              --messages N            of throughput, a tenth of it of ping-pong; default 10000
              --connections N         that idle; default 1000
              --folder DIR            where the servers have their data; others than root must be able to enter it
              --report DIR            where the report goes
              --launcher FILE         bin/chatmail of another distribution
              --hold                  start the servers, say where they are, wait for Enter
            """;

    /** @throws IllegalArgumentException that says what is wrong with the arguments */
    static LoadOptions parse(String... arguments) {
        LoadOptions options = DEFAULT;
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        while (!left.isEmpty()) {
            String name = left.remove();
            options = "--hold".equals(name) ? options.holding() : options.with(name, value(name, left));
        }
        return options;
    }

    private static String value(String name, Deque<String> left) {
        return Optional.ofNullable(left.poll())
                .orElseThrow(() -> new IllegalArgumentException(name + " needs a value, or is unknown"));
    }

    private LoadOptions with(String name, String value) {
        return switch (name) {
            case "--peers" -> compared(names(value), variants, scenarios);
            case "--variant" -> withVariant(value);
            case "--filled" -> withFilled(value);
            case "--scenarios" -> compared(peers, variants, names(value));
            case "--warm-up" -> amounts(number(name, value), rounds, messages, connections);
            case "--rounds" -> amounts(warmUps, number(name, value), messages, connections);
            case "--messages" -> amounts(warmUps, rounds, number(name, value), connections);
            case "--connections" -> amounts(warmUps, rounds, messages, number(name, value));
            case "--folder" -> places(Path.of(value), report, launcher);
            case "--report" -> places(folder, Path.of(value), launcher);
            case "--launcher" -> places(folder, report, Path.of(value));
            default -> throw new IllegalArgumentException("unknown option " + name);
        };
    }

    private LoadOptions withVariant(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--variant is NAME:KEY=VALUE[,KEY=VALUE]..., not " + text);
        }
        Map<String, String> keys = new LinkedHashMap<>();
        for (String setting : names(text.substring(colon + 1))) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not KEY=VALUE: " + setting);
            }
            keys.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        String name = text.substring(0, colon);
        Map<String, Map<String, String>> all = new LinkedHashMap<>(variants);
        all.put(name, keys);
        List<String> compared = new ArrayList<>(peers);
        if (!compared.contains(name)) {
            compared.add(name);
        }
        return compared(compared, all, scenarios);
    }

    private LoadOptions withFilled(String text) {
        String[] counts = text.split("/");
        if (counts.length != 2) {
            throw new IllegalArgumentException("--filled is ACCOUNTS/MESSAGES, not " + text);
        }
        FilledStore store =
                new FilledStore(number("--filled", counts[0]), number("--filled", counts[1]), LoadProgram.BYTES);
        LoadOptions options = withVariant(FILLED + ":domain=" + ChatmailPeer.DOMAIN);
        return new LoadOptions(
                options.peers,
                options.variants,
                scenarios,
                warmUps,
                rounds,
                messages,
                connections,
                folder,
                report,
                launcher,
                hold,
                Optional.of(store));
    }

    private static List<String> names(String value) {
        return List.of(value.split(","));
    }

    private static int number(String name, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number out of range.
        }
        throw new IllegalArgumentException(name + " is a whole number from 1, not " + value);
    }

    private LoadOptions compared(
            List<String> somePeers, Map<String, Map<String, String>> someVariants, List<String> someScenarios) {
        return new LoadOptions(
                List.copyOf(somePeers),
                Map.copyOf(someVariants),
                List.copyOf(someScenarios),
                warmUps,
                rounds,
                messages,
                connections,
                folder,
                report,
                launcher,
                hold,
                filled);
    }

    private LoadOptions amounts(int someWarmUps, int someRounds, int someMessages, int someConnections) {
        return new LoadOptions(
                peers,
                variants,
                scenarios,
                someWarmUps,
                someRounds,
                someMessages,
                someConnections,
                folder,
                report,
                launcher,
                hold,
                filled);
    }

    private LoadOptions places(Path aFolder, Path aReport, Path aLauncher) {
        return new LoadOptions(
                peers,
                variants,
                scenarios,
                warmUps,
                rounds,
                messages,
                connections,
                aFolder,
                aReport,
                aLauncher,
                hold,
                filled);
    }

    private LoadOptions holding() {
        return new LoadOptions(
                peers,
                variants,
                scenarios,
                warmUps,
                rounds,
                messages,
                connections,
                folder,
                report,
                launcher,
                true,
                filled);
    }
}
