package org.jameschatmail.assembly;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jameschatmail.core.commandline.Command;
import org.jameschatmail.core.commandline.CommandLine;
import org.jameschatmail.core.commandline.HelpText;
import org.jameschatmail.core.commandline.ServerOptions;
import org.jameschatmail.core.configuration.ConfigurationLoader;
import org.jameschatmail.core.configuration.ConfigurationResult;
import org.jameschatmail.core.configuration.ConfigurationSources;
import org.jameschatmail.core.configuration.Fault;
import org.jameschatmail.core.configuration.LogFormat;
import org.jameschatmail.core.doctor.HealthReport;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.guice.server.ChatmailServer;
import org.jameschatmail.guice.server.DataDirectory;
import org.jameschatmail.guice.server.StartException;

/**
 * The program {@code chatmail}. Exit status: 0 when it ended as asked, 1 when the server couldn't start, doesn't run or
 * refuses, or zone or machine aren't as needed, 2 for wrong
 * arguments or a wrong configuration, with every fault listed on standard error.
 */
public final class Main {
    private static final int COULD_NOT_START = 1;
    private static final int NOT_AS_NEEDED = 1;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private Main() {}

    public static void main(String[] arguments) {
        CommandLine line = CommandLine.parse(List.of(arguments));
        Command command = line.command();
        if (command instanceof Command.Run run) {
            withConfiguration(run.options(), line.faults(), Main::start);
        } else if (command instanceof Command.ShowZone zone) {
            withConfiguration(
                    zone.options(), line.faults(), (loaded, directories) -> showZone(zone, loaded, directories));
        } else if (command instanceof Command.TendKeys keys) {
            withConfiguration(
                    keys.options(), line.faults(), (loaded, directories) -> tendKeys(keys, loaded, directories));
        } else if (command instanceof Command.ImportKey key) {
            withConfiguration(
                    key.options(),
                    line.faults(),
                    (loaded, directories) -> carryOut(
                            () -> new KeyImportCommand(directories.data(), key.file(), key.selector()).run(OUT)));
        } else if (command instanceof Command.BackUp backup) {
            withConfiguration(
                    backup.options(),
                    line.faults(),
                    (loaded, directories) -> carryOut(() ->
                            new BackupCommand(loaded.configuration(), directories.data()).backUp(backup.file(), OUT)));
        } else if (command instanceof Command.Restore restore) {
            withConfiguration(
                    restore.options(),
                    line.faults(),
                    (loaded, directories) ->
                            carryOut(() -> new BackupCommand(loaded.configuration(), directories.data())
                                    .restore(restore.file(), OUT)));
        } else if (command instanceof Command.Administer work) {
            administer(work, line.faults());
        } else if (command instanceof Command.Examine examine) {
            examine(examine, line.faults());
        } else if (!line.faults().isEmpty()) {
            refuse(line.faults());
        } else {
            OUT.print(text(command));
        }
    }

    private static String text(Command command) {
        if (command instanceof Command.ShowHelpOf help) {
            return help.topic().text();
        }
        if (command instanceof Command.Complete completion) {
            return completion.shell().script();
        }
        return command instanceof Command.ShowVersion ? Installation.version() + "\n" : HelpText.TEXT;
    }

    @FunctionalInterface
    private interface Action {
        void carryOut(ConfigurationResult.Loaded loaded, ServerDirectories directories);
    }

    private static void withConfiguration(ServerOptions options, List<Fault> argumentFaults, Action action) {
        Installation installation = Installation.ofSystemProperties();
        ConfigurationResult result = load(installation, options).withFaults(argumentFaults);
        if (result instanceof ConfigurationResult.Faulty faulty) {
            refuse(faulty.faults());
        } else if (result instanceof ConfigurationResult.Loaded loaded) {
            Path data = data(installation, options);
            action.carryOut(loaded, new ServerDirectories(installation.home(), installation.conf(), data));
        }
    }

    private static ConfigurationResult load(Installation installation, ServerOptions options) {
        return ConfigurationLoader.load(new ConfigurationSources(
                installation.flavor(),
                options.configurationFile().orElse(installation.configurationFile()),
                options.configurationFile().isPresent(),
                System.getenv(),
                options.settings()));
    }

    private static Path data(Installation installation, ServerOptions options) {
        return options.data()
                .orElse(installation.defaultData())
                .toAbsolutePath()
                .normalize();
    }

    /** Faults of the settings are findings too; those of the arguments are told as everywhere. */
    private static void examine(Command.Examine command, List<Fault> argumentFaults) {
        if (!argumentFaults.isEmpty()) {
            refuse(argumentFaults);
        }
        System.setProperty("logback.configurationFile", "logback-silent.xml");
        Installation installation = Installation.ofSystemProperties();
        ConfigurationResult result = load(installation, command.options());
        try {
            boolean faulty = result instanceof ConfigurationResult.Faulty;
            HealthReport report = result instanceof ConfigurationResult.Loaded loaded
                    ? new DoctorCommand(loaded, data(installation, command.options()), command.peer()).report()
                    : DoctorCommand.withFaults(((ConfigurationResult.Faulty) result).faults());
            OUT.print(command.json() ? report.json() : report.text());
            System.exit(faulty ? CommandLine.EXIT_STATUS_OF_FAULTS : report.isGood() ? 0 : NOT_AS_NEEDED);
        } catch (IOException e) {
            ERR.println("chatmail: " + e.getMessage());
            System.exit(NOT_AS_NEEDED);
        }
    }

    private static void start(ConfigurationResult.Loaded loaded, ServerDirectories directories) {
        StartScreen screen = new StartScreen(OUT, loaded, directories);
        screen.begin();
        try {
            DataDirectory data = DataDirectory.lock(directories.data());
            setProcessProperties(
                    directories, loaded.configuration().monitoring().logFormat());
            ChatmailServer server = ChatmailServer.start(loaded, directories, data, screen::step);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
            screen.ready(server.registrationMode());
        } catch (StartException e) {
            ERR.println("chatmail: " + e.getMessage());
            Runtime.getRuntime().halt(COULD_NOT_START);
        }
    }

    private static void showZone(
            Command.ShowZone command, ConfigurationResult.Loaded loaded, ServerDirectories directories) {
        System.setProperty("logback.configurationFile", "logback-silent.xml");
        ZoneCommand zone = new ZoneCommand(loaded.configuration(), directories.data(), command.check(), command.json());
        try {
            System.exit(zone.run(OUT) ? 0 : NOT_AS_NEEDED);
        } catch (IOException e) {
            ERR.println("chatmail: " + e.getMessage());
            System.exit(NOT_AS_NEEDED);
        }
    }

    private static void tendKeys(
            Command.TendKeys command, ConfigurationResult.Loaded loaded, ServerDirectories directories) {
        System.setProperty("logback.configurationFile", "logback-silent.xml");
        KeysCommand keys = new KeysCommand(loaded.configuration(), directories.data(), command.step(), command.force());
        try {
            System.exit(keys.run(OUT) ? 0 : NOT_AS_NEEDED);
        } catch (IOException e) {
            ERR.println("chatmail: " + e.getMessage());
            System.exit(NOT_AS_NEEDED);
        }
    }

    /** Touches nothing of James, whose classes take seconds to load. */
    private static void administer(Command.Administer command, List<Fault> argumentFaults) {
        Installation installation = Installation.ofSystemProperties();
        ConfigurationResult result = load(installation, command.options()).withFaults(argumentFaults);
        if (!(result instanceof ConfigurationResult.Loaded loaded)) {
            refuse(((ConfigurationResult.Faulty) result).faults());
            return;
        }
        try {
            RestClient server = RestClient.of(loaded.configuration(), data(installation, command.options()));
            new AdminCommand(command, server, Terminal.isInteractive()).run(OUT);
            System.exit(0);
        } catch (IOException e) {
            ERR.println("chatmail: " + e.getMessage());
            System.exit(NOT_AS_NEEDED);
        }
    }

    @FunctionalInterface
    private interface Step {
        void carryOut() throws IOException, StartException;
    }

    private static void carryOut(Step step) {
        System.setProperty("logback.configurationFile", "logback-silent.xml");
        try {
            step.carryOut();
            System.exit(0);
        } catch (IOException | StartException e) {
            ERR.println("chatmail: " + e.getMessage());
            System.exit(NOT_AS_NEEDED);
        }
    }

    /** What James and the log read from the process as a whole; the logger is not touched before. */
    private static void setProcessProperties(ServerDirectories directories, LogFormat format) {
        System.setProperty("chatmail.conf", directories.conf().toString());
        System.setProperty("chatmail.logs", directories.data().resolve("logs").toString());
        System.setProperty(
                "logback.configurationFile",
                directories.conf().resolve(logConfiguration(format)).toString());
        // Large messages wait in files of a private folder while they are judged.
        System.setProperty("java.io.tmpdir", directories.data().resolve("tmp").toString());
        System.setProperty("james.exit.on.startup.error", "false");
        // Otherwise James looks up the name of each client's address.
        System.setProperty("james.protocols.mdc.hostname", "false");
    }

    private static String logConfiguration(LogFormat format) {
        return switch (format) {
            case TEXT -> "logback.xml";
            case JSON -> "logback-json.xml";
            case JOURNALD -> "logback-journald.xml";
        };
    }

    /** Ends with status 0: a server that is told to stop and stops has not failed. */
    private static void stop(ChatmailServer server) {
        server.close();
        OUT.println("Stopped.");
        Runtime.getRuntime().halt(0);
    }

    private static void refuse(List<Fault> faults) {
        faults.forEach(fault -> ERR.println("chatmail: " + fault.describe()));
        System.exit(CommandLine.EXIT_STATUS_OF_FAULTS);
    }
}
