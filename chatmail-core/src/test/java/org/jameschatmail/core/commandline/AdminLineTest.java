package org.jameschatmail.core.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jameschatmail.core.configuration.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminLineTest {
    @ParameterizedTest
    @CsvSource({
        "accounts, LIST_ACCOUNTS, ''",
        "accounts list, LIST_ACCOUNTS, ''",
        "accounts show ac1_xxxxx@chat.example, SHOW_ACCOUNT, ac1_xxxxx@chat.example",
        "accounts create, CREATE_ACCOUNT, ''",
        "accounts create ac1_xxxxx@chat.example, CREATE_ACCOUNT, ac1_xxxxx@chat.example",
        "accounts password ac1_xxxxx@chat.example, RESET_PASSWORD, ac1_xxxxx@chat.example",
        "accounts ban ac1_xxxxx@chat.example, BAN, ac1_xxxxx@chat.example",
        "accounts unban ac1_xxxxx@chat.example, UNBAN, ac1_xxxxx@chat.example",
        "tokens, LIST_TOKENS, ''",
        "tokens create, CREATE_TOKEN, ''",
        "tokens delete a-Z_9, DELETE_TOKEN, a-Z_9",
        "registration, SHOW_REGISTRATION, ''",
        "registration open, OPEN_REGISTRATION, ''",
        "registration token, INVITE_TO_REGISTRATION, ''",
        "registration closed, CLOSE_REGISTRATION, ''",
        "queue, LIST_QUEUE, ''",
        "queue retry peer.example, RETRY_QUEUE, peer.example",
        "expire, EXPIRE, ''",
        "status, SHOW_STATUS, ''"
    })
    void lineShouldNameItsTask(String arguments, AdminTask task, String subject) {
        CommandLine line = parse(arguments.split(" "));

        assertThat(line.faults()).isEmpty();
        assertThat(line.command()).isEqualTo(new Command.Administer(ServerOptions.NONE, task, subject, Map.of()));
    }

    @Test
    void optionsShouldStandAnywhereBehindTheCommand() {
        ServerOptions data = new ServerOptions(Optional.of(Path.of("/srv/chatmail")), Optional.empty(), List.of());

        assertThat(parse("accounts", "--json", "list", "--search", "ac1_", "--data", "/srv/chatmail", "--limit=20")
                        .command())
                .isEqualTo(new Command.Administer(
                        data,
                        AdminTask.LIST_ACCOUNTS,
                        "",
                        Map.of(AdminOption.JSON, "", AdminOption.SEARCH, "ac1_", AdminOption.LIMIT, "20")));
        assertThat(parse("expire", "--data", "/srv/chatmail", "--dry-run").command())
                .isEqualTo(new Command.Administer(data, AdminTask.EXPIRE, "", Map.of(AdminOption.DRY_RUN, "")));
    }

    @Test
    void lineShouldTellEveryFaultAtOnce() {
        assertThat(faults("accounts", "lst", "--limit", "0", "--days", "3", "--data"))
                .containsExactly(
                        "--limit: \"0\" is not a whole number from 1 to 999999999",
                        "\"accounts lst\": no such command; the nearest is accounts list",
                        "--days: isn't for accounts list",
                        "--data: needs a value");
        assertThat(faults("accounts", "show"))
                .containsExactly("accounts show: needs an address: chatmail accounts show ADDRESS");
        assertThat(faults("accounts", "create", "nobody"))
                .containsExactly("accounts create: \"nobody\" is not an address");
        assertThat(faults("tokens", "delete", "../x"))
                .containsExactly("tokens delete: needs an id: chatmail tokens delete ID, as listed");
        assertThat(faults("queue", "retry", "a b"))
                .containsExactly("queue retry: needs a domain: chatmail queue retry DOMAIN");
        assertThat(faults("tokens", "create", "--label", "", "--json=x"))
                .containsExactly("--label: needs a value", "--json: takes no value");
        assertThat(faults("import", "relay"))
                .containsExactly("import relay: needs a file or folder: chatmail import relay PATH");
        assertThat(faults("import", "maddy", "a\0b")).hasSize(1);
        assertThat(faults("import", "maddy", "credentials.db", "--without-mail"))
                .containsExactly("--without-mail: isn't for import maddy");
        assertThat(faults("status", "more")).hasSize(1);
    }

    @Test
    void deletionShouldBeMeant() {
        assertThat(faults("accounts", "delete", "ac1_xxxxx@chat.example"))
                .singleElement()
                .asString()
                .endsWith("add --yes");
        assertThat(faults("accounts", "delete", "ac1_xxxxx@chat.example", "--yes"))
                .isEmpty();
        assertThat(faults("accounts", "ban", "ac1_xxxxx@chat.example", "--yes"))
                .containsExactly("--yes: isn't for accounts ban");
    }

    @ParameterizedTest
    @EnumSource
    void topicShouldBeShownWhenItsCommandIsAskedForHelp(HelpTopic topic) {
        String command = topic.name().toLowerCase(Locale.ROOT);
        CommandLine shown = new CommandLine(new Command.ShowHelpOf(topic), List.of());

        assertThat(parse(command, "--help")).isEqualTo(shown);
        assertThat(parse(command, "rubbish", "-h")).isEqualTo(shown);
        assertThat(parse("help", command)).isEqualTo(shown);
        assertThat(topic.text()).startsWith("Usage: chatmail " + command);
        assertThat(topic.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(90));
    }

    @ParameterizedTest
    @EnumSource
    void taskShouldBeTaught(AdminTask task) {
        String command = task.words().split(" ")[0];
        String text = HelpTopic.of(command).orElseThrow().text();

        assertThat(text).contains(task.verb());
        assertThat(task.options()).allSatisfy(option -> assertThat(text).contains(option.word()));
        assertThat(HelpText.TEXT).contains("chatmail " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completionShouldNameEveryWord(String shell) {
        assertThat(parse("completion", shell).command()).isInstanceOf(Command.Complete.class);
        String script = Completion.valueOf(shell.toUpperCase(Locale.ROOT)).script();

        assertThat(script).doesNotContainPattern("@[a-z]+@").contains("registration.mode");
        assertThat(Arrays.asList(AdminTask.values()))
                .allSatisfy(task -> assertThat(script).contains(task.words().split(" ")));
        assertThat(Arrays.asList(AdminOption.values()))
                .allSatisfy(option -> assertThat(script).contains(option.word()));
        assertThat(CommandLine.COMMANDS)
                .allSatisfy(command -> assertThat(script).contains(command));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'run accounts tokens registration queue import expire status dns dkim doctor backup restore completion version help'",
        "reg, registration",
        "accounts unb, unban",
        "accounts list --s, --search --set",
        "completion b, bash",
        "tokens create --label list, ''",
        "run --set registration.m, registration.mode="
    })
    void bashShouldCompleteWords(String typed, String expected) throws Exception {
        String script = Completion.BASH.script() + "COMP_WORDS=(chatmail " + (typed.isEmpty() ? "''" : typed)
                + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _chatmail; echo \"${COMPREPLY[*]}\"\n";
        Process bash =
                new ProcessBuilder("bash", "--norc").redirectErrorStream(true).start();
        try (OutputStream in = bash.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo(expected);
    }

    @Test
    void completionShouldNeedAShell() {
        assertThat(faults("completion")).containsExactly("completion: needs a shell: bash or zsh");
        assertThat(faults("completion", "fish")).containsExactly("completion: needs a shell: bash or zsh");
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments));
    }

    private static List<String> faults(String... arguments) {
        return parse(arguments).faults().stream().map(Fault::describe).toList();
    }
}
