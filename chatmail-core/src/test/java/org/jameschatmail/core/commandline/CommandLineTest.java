package org.jameschatmail.core.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.configuration.Fault;
import org.jameschatmail.core.configuration.Origin;
import org.jameschatmail.core.configuration.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void runShouldTakeEveryOption() {
        CommandLine line = parse(
                "run",
                "--domain",
                "chat.example",
                "--data",
                "/srv/chatmail",
                "--port-offset=20000",
                "--set",
                "a=b=c",
                "--set=push.url=",
                "--config",
                "my.properties");

        assertThat(line.faults()).isEmpty();
        assertThat(line.command())
                .isEqualTo(new Command.Run(new ServerOptions(
                        Optional.of(Path.of("/srv/chatmail")),
                        Optional.of(Path.of("my.properties")),
                        List.of(
                                setting("domain", "chat.example", "--domain"),
                                setting("port.offset", "20000", "--port-offset"),
                                setting("a", "b=c", "--set"),
                                setting("push.url", "", "--set")))));
    }

    @Test
    void dnsShouldTakeTheOptionsOfRunAndItsOwn() {
        assertThat(parse("dns", "--check", "--data", "/srv/chatmail", "--json").command())
                .isEqualTo(new Command.ShowZone(
                        new ServerOptions(Optional.of(Path.of("/srv/chatmail")), Optional.empty(), List.of()),
                        true,
                        true));
        assertThat(parse("dns").command()).isEqualTo(new Command.ShowZone(ServerOptions.NONE, false, false));
        assertThat(faults("dns", "--data", "--check")).containsExactly("--data: needs a value");
        assertThat(faults("run", "--check")).hasSize(1);
    }

    @Test
    void keysShouldBeTendedStepByStep() {
        assertThat(parse("dkim").command())
                .isEqualTo(new Command.TendKeys(ServerOptions.NONE, Command.KeyStep.LIST, false));
        assertThat(parse("dkim", "activate", "--force", "--data", "/srv/chatmail")
                        .command())
                .isEqualTo(new Command.TendKeys(
                        new ServerOptions(Optional.of(Path.of("/srv/chatmail")), Optional.empty(), List.of()),
                        Command.KeyStep.ACTIVATE,
                        true));
        assertThat(faults("dkim", "rotat"))
                .containsExactly("\"dkim rotat\": no such command; the nearest is dkim rotate");
        assertThat(parse("dkim", "import", "/etc/dkimkeys/opendkim.private").command())
                .isEqualTo(new Command.ImportKey(
                        ServerOptions.NONE, Path.of("/etc/dkimkeys/opendkim.private"), "opendkim"));
        assertThat(parse("dkim", "import", "chat.example_default.key", "--selector", "default")
                        .command())
                .isEqualTo(new Command.ImportKey(ServerOptions.NONE, Path.of("chat.example_default.key"), "default"));
        assertThat(faults("dkim", "import"))
                .containsExactly("dkim import: needs a file: chatmail dkim import FILE [--selector S]");
        for (String selector : List.of("a.b", "-a", "../a", "", "x".repeat(64))) {
            assertThat(faults("dkim", "import", "key.pem", "--selector", selector))
                    .as(selector)
                    .containsExactly("--selector: needs the label that stands before ._domainkey in the DNS");
        }
    }

    @Test
    void doctorShouldTakeTheOptionsOfRunAndItsOwn() {
        assertThat(parse("doctor").command())
                .isEqualTo(new Command.Examine(ServerOptions.NONE, "nine.testrun.org", false));
        assertThat(parse("doctor", "--json", "--peer", "peer.example", "--data", "/srv/chatmail")
                        .command())
                .isEqualTo(new Command.Examine(
                        new ServerOptions(Optional.of(Path.of("/srv/chatmail")), Optional.empty(), List.of()),
                        "peer.example",
                        true));
        assertThat(faults("doctor", "--peer")).containsExactly("--peer: \"\" is not a mail domain");
    }

    @Test
    void versionShouldTakeNoArguments() {
        assertThat(parse("version")).isEqualTo(new CommandLine(new Command.ShowVersion(), List.of()));
        assertThat(faults("version", "x")).containsExactly("version: takes no arguments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h", "run --help", "run --port-offset x --help", "version --help"})
    void helpShouldBeShownWhenAskedFor(String arguments) {
        assertThat(CommandLine.parse(List.of(arguments.split(" "))))
                .isEqualTo(new CommandLine(new Command.ShowHelp(), List.of()));
    }

    @Test
    void lineShouldTellEveryFaultAtOnce() {
        assertThat(faults("run", "--domian", "extra", "--set", "x", "--set", "--data", "", "--port-offset"))
                .containsExactly(
                        "\"--domian\": no such option; the nearest is --domain",
                        "\"extra\": no such option; the nearest is --data",
                        "--set: needs the form key=value",
                        "--set: needs a value",
                        "--data: \"\" is not a path",
                        "--port-offset: needs a value");
    }

    @Test
    void lineShouldNeedACommand() {
        assertThat(faults())
                .containsExactly(
                        "chatmail: needs a command: run, accounts, tokens, registration, queue, import, expire, status, dns, dkim,"
                                + " doctor, backup, restore, completion, version, help");
        assertThat(faults("rum")).containsExactly("\"rum\": no such command; the nearest is run");
    }

    @Test
    void faultShouldNotShowValueOfASetting() {
        assertThat(faults("run", "--sett=turn.secret=hush", "--set", "=hush"))
                .hasSize(2)
                .noneMatch(fault -> fault.contains("hush"));
    }

    @Test
    void helpShouldNameEveryOptionOnLinesThatFit() {
        assertThat(HelpText.TEXT)
                .contains("--domain", "--data", "--port-offset", "--set", "--config", "run", "version", "help");
        assertThat(HelpText.TEXT.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    private static Setting setting(String name, String text, String option) {
        return new Setting(name, text, new Origin.CommandLineOption(option));
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments));
    }

    private static List<String> faults(String... arguments) {
        return parse(arguments).faults().stream().map(Fault::describe).toList();
    }
}
