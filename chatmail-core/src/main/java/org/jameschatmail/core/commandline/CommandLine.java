package org.jameschatmail.core.commandline;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.Fault;
import org.jameschatmail.core.configuration.Keys;
import org.jameschatmail.core.configuration.NearestName;
import org.jameschatmail.core.configuration.Origin;
import org.jameschatmail.core.configuration.Setting;

/**
 * Reads the arguments of {@code chatmail}. Faults are gathered, not thrown, so that they can be listed together with
 * those of the configuration; with any fault the process ends with {@link #EXIT_STATUS_OF_FAULTS}.
 *
 * @param command what is asked for; with faults, as much of it as was understood
 * @param faults what was not understood
 */
public record CommandLine(Command command, List<Fault> faults) {
    /** The status of a process that was started with wrong arguments or a wrong configuration. */
    public static final int EXIT_STATUS_OF_FAULTS = 2;

    static final List<String> COMMANDS = Stream.of(
                    List.of("run"),
                    AdminTask.commands(),
                    List.of("dns", "dkim", "doctor", "backup", "restore", "completion", "version", "help"))
            .flatMap(List::stream)
            .toList();
    private static final List<String> OPTIONS =
            List.of("--domain", "--data", "--port-offset", "--set", "--config", "--help");

    static final String CHECK = "--check";
    static final String JSON = "--json";
    static final String PEER = "--peer";
    static final String FORCE = "--force";
    static final String SELECTOR = "--selector";
    static final String IMPORT = "import";
    private static final Pattern SELECTOR_LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");
    static final List<String> SHELLS = Stream.of(Completion.values())
            .map(shell -> shell.name().toLowerCase(Locale.ROOT))
            .toList();
    static final List<String> KEY_STEPS = Stream.of(Command.KeyStep.values())
            .map(step -> step.name().toLowerCase(Locale.ROOT))
            .toList();
    /** The relay of the network that is best known. */
    private static final String DEFAULT_PEER = "nine.testrun.org";

    public CommandLine {
        faults = List.copyOf(faults);
    }

    /** Reads the arguments. */
    public static CommandLine parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            return new CommandLine(
                    new Command.ShowHelp(),
                    List.of(fault("chatmail", "needs a command: " + String.join(", ", COMMANDS))));
        }
        String command = arguments.get(0);
        List<String> rest = arguments.subList(1, arguments.size());
        Optional<HelpTopic> topic = HelpTopic.of(command);
        if (topic.isPresent() && (rest.contains("--help") || rest.contains("-h"))) {
            return new CommandLine(new Command.ShowHelpOf(topic.get()), List.of());
        }
        if (AdminTask.commands().contains(command)) {
            return AdminLine.parse(command, rest);
        }
        return switch (command) {
            case "run" -> withOptions(rest, Command.Run::new);
            case "dns" -> zone(rest);
            case "dkim" -> keys(rest);
            case "doctor" -> doctor(rest);
            case "backup" -> withFile(command, rest, Command.BackUp::new);
            case "restore" -> withFile(command, rest, Command.Restore::new);
            case "completion" -> completion(rest);
            case "version", "--version" -> alone(new Command.ShowVersion(), command, rest);
            case "help", "--help", "-h" -> new CommandLine(help(rest), List.of());
            default ->
                new CommandLine(
                        new Command.ShowHelp(),
                        List.of(fault(
                                Fault.quote(command),
                                "no such command; the nearest is " + NearestName.of(command, COMMANDS))));
        };
    }

    private static Command help(List<String> rest) {
        return rest.stream()
                .findFirst()
                .flatMap(HelpTopic::of)
                .<Command>map(Command.ShowHelpOf::new)
                .orElseGet(Command.ShowHelp::new);
    }

    private static CommandLine completion(List<String> rest) {
        int shell = rest.size() == 1 ? SHELLS.indexOf(rest.get(0)) : -1;
        Command command = shell < 0 ? new Command.ShowHelp() : new Command.Complete(Completion.values()[shell]);
        return new CommandLine(
                command,
                shell < 0 ? List.of(fault("completion", "needs a shell: " + String.join(" or ", SHELLS))) : List.of());
    }

    private static CommandLine alone(Command command, String name, List<String> rest) {
        boolean help = rest.contains("--help") || rest.contains("-h");
        List<Fault> faults = rest.isEmpty() || help ? List.of() : List.of(fault(name, "takes no arguments"));
        return new CommandLine(help ? new Command.ShowHelp() : command, faults);
    }

    private static CommandLine zone(List<String> arguments) {
        List<String> options = new ArrayList<>(arguments);
        boolean check = options.removeAll(List.of(CHECK));
        boolean json = options.removeAll(List.of(JSON));
        return withOptions(options, server -> new Command.ShowZone(server, check, json));
    }

    private static CommandLine keys(List<String> arguments) {
        List<String> options = new ArrayList<>(arguments);
        boolean force = options.removeAll(List.of(FORCE));
        boolean named = !options.isEmpty() && !options.get(0).startsWith("-");
        if (named && options.get(0).equals(IMPORT)) {
            return importedKey(options.subList(1, options.size()));
        }
        String word = named ? options.remove(0) : KEY_STEPS.get(0);
        int step = KEY_STEPS.indexOf(word);
        CommandLine line = withOptions(
                options, server -> new Command.TendKeys(server, Command.KeyStep.values()[Math.max(0, step)], force));
        if (step >= 0) {
            return line;
        }
        List<Fault> faults = new ArrayList<>(line.faults());
        faults.add(fault(
                Fault.quote("dkim " + word),
                "no such command; the nearest is dkim " + NearestName.of(word, KEY_STEPS)));
        return new CommandLine(line.command(), faults);
    }

    /** The selector is the name of the file, unless another one is given. */
    private static CommandLine importedKey(List<String> options) {
        String file = options.isEmpty() || options.get(0).startsWith("-") ? "" : options.remove(0);
        String name = file.substring(file.lastIndexOf('/') + 1);
        String named = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        for (int at = options.indexOf(SELECTOR); at >= 0; at = options.indexOf(SELECTOR)) {
            options.remove(at);
            named = at < options.size() ? options.remove(at) : "";
        }
        String selector = named;
        CommandLine line = withOptions(options, server -> new Command.ImportKey(server, Path.of(file), selector));
        List<Fault> faults = new ArrayList<>(line.faults());
        if (file.isEmpty()) {
            faults.add(fault("dkim import", "needs a file: chatmail dkim import FILE [--selector S]"));
        } else if (!SELECTOR_LABEL.matcher(selector).matches()) {
            faults.add(fault(SELECTOR, "needs the label that stands before ._domainkey in the DNS"));
        }
        return new CommandLine(line.command(), faults);
    }

    private static CommandLine doctor(List<String> arguments) {
        List<String> options = new ArrayList<>(arguments);
        boolean json = options.removeAll(List.of(JSON));
        String named = DEFAULT_PEER;
        for (int at = options.indexOf(PEER); at >= 0; at = options.indexOf(PEER)) {
            options.remove(at);
            named = at < options.size() ? options.remove(at) : "";
        }
        String peer = named;
        CommandLine line = withOptions(options, server -> new Command.Examine(server, peer, json));
        List<Fault> faults = new ArrayList<>(line.faults());
        if (MailDomain.parse(peer).isEmpty()) {
            faults.add(fault(PEER, Fault.quote(peer) + " is not a mail domain"));
        }
        return new CommandLine(line.command(), faults);
    }

    private static CommandLine withFile(
            String name, List<String> arguments, BiFunction<ServerOptions, Path, Command> command) {
        List<String> options = new ArrayList<>(arguments);
        String file = options.isEmpty() || options.get(0).startsWith("-") ? "" : options.remove(0);
        CommandLine line = withOptions(options, server -> command.apply(server, Path.of(file)));
        if (!file.isEmpty()) {
            return line;
        }
        List<Fault> faults = new ArrayList<>(line.faults());
        if (!(line.command() instanceof Command.ShowHelp)) {
            faults.add(fault(name, "needs a file: chatmail " + name + " FILE [options]"));
        }
        return new CommandLine(line.command(), faults);
    }

    static CommandLine withOptions(List<String> arguments, Function<ServerOptions, Command> command) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new CommandLine(new Command.ShowHelp(), List.of());
        }
        OptionReader reader = new OptionReader(arguments);
        ServerOptions options = reader.read();
        return new CommandLine(command.apply(options), reader.faults);
    }

    static Fault fault(String where, String problem) {
        return new Fault(new Origin.CommandLineOption(where), "", problem);
    }

    /** Takes options and their values off the front of the arguments. */
    private static final class OptionReader {
        private final Deque<String> arguments;
        private final List<Setting> settings = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private Optional<Path> data = Optional.empty();
        private Optional<Path> configurationFile = Optional.empty();

        OptionReader(List<String> arguments) {
            this.arguments = new ArrayDeque<>(arguments);
        }

        ServerOptions read() {
            while (!arguments.isEmpty()) {
                String argument = arguments.removeFirst();
                int equals = argument.indexOf('=');
                String option = equals < 0 ? argument : argument.substring(0, equals);
                if (!OPTIONS.contains(option)) {
                    faults.add(fault(
                            Fault.quote(option), "no such option; the nearest is " + NearestName.of(option, OPTIONS)));
                } else if (equals >= 0) {
                    take(option, argument.substring(equals + 1));
                } else if (arguments.isEmpty() || OPTIONS.contains(arguments.getFirst())) {
                    faults.add(fault(option, "needs a value"));
                } else {
                    take(option, arguments.removeFirst());
                }
            }
            return new ServerOptions(data, configurationFile, settings);
        }

        private void take(String option, String value) {
            switch (option) {
                case "--domain" -> set(option, Keys.DOMAIN.name(), value);
                case "--port-offset" -> set(option, Keys.PORT_OFFSET.name(), value);
                case "--set" -> assign(value);
                case "--data" -> data = path(option, value);
                case "--config" -> configurationFile = path(option, value);
                default -> faults.add(fault(option, "takes no value"));
            }
        }

        private void assign(String assignment) {
            int equals = assignment.indexOf('=');
            if (equals <= 0) {
                faults.add(fault("--set", "needs the form key=value"));
                return;
            }
            set("--set", assignment.substring(0, equals).strip(), assignment.substring(equals + 1));
        }

        private void set(String option, String name, String value) {
            settings.add(new Setting(name, value, new Origin.CommandLineOption(option)));
        }

        private Optional<Path> path(String option, String value) {
            try {
                if (!value.isBlank()) {
                    return Optional.of(Path.of(value));
                }
            } catch (InvalidPathException malformed) {
                // Told below, as for an empty path.
            }
            faults.add(fault(option, Fault.quote(value) + " is not a path"));
            return Optional.empty();
        }
    }
}
