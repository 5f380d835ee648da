package org.jameschatmail.core.commandline;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jameschatmail.core.account.Login;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.commandline.AdminOption.Kind;
import org.jameschatmail.core.commandline.AdminTask.Subject;
import org.jameschatmail.core.configuration.Fault;
import org.jameschatmail.core.configuration.NearestName;

/** Reads the arguments of the commands of {@link AdminTask}. Used once, by one thread. */
final class AdminLine {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final String command;
    private final List<String> rest;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<AdminOption, String> choices = new EnumMap<>(AdminOption.class);

    private AdminLine(String command, List<String> arguments) {
        this.command = command;
        this.rest = new ArrayList<>(arguments);
    }

    static CommandLine parse(String command, List<String> arguments) {
        return new AdminLine(command, arguments).read();
    }

    private CommandLine read() {
        for (AdminOption option : AdminOption.values()) {
            take(option);
        }
        AdminTask task = task();
        String subject = subject(task);
        choices.keySet().stream()
                .filter(option -> !task.options().contains(option))
                .forEach(option -> fault(option.word(), "isn't for " + task.words()));
        if (task == AdminTask.DELETE_ACCOUNT && !choices.containsKey(AdminOption.YES)) {
            fault(task.words(), "deletes an account with all its messages, and nothing brings them back: add --yes");
        }
        if (task == AdminTask.LIMIT_REGISTRATION && choices.keySet().stream().allMatch(AdminOption.JSON::equals)) {
            fault(task.words(), "needs a limit, such as --per-network 100 or --guard-disk 2GB");
        }
        CommandLine line = CommandLine.withOptions(
                rest, server -> new Command.Administer(server, task, subject, Map.copyOf(choices)));
        faults.addAll(line.faults());
        return new CommandLine(line.command(), faults);
    }

    /** Takes an option out of the arguments, wherever it stands; of several the last one counts. */
    private void take(AdminOption option) {
        for (int at = 0; at < rest.size(); ) {
            String argument = rest.get(at);
            if (argument.startsWith(option.word() + "=")) {
                rest.remove(at);
                choose(option, argument.substring(option.word().length() + 1));
            } else if (!argument.equals(option.word())) {
                at++;
            } else {
                rest.remove(at);
                choose(option, option.kind() == Kind.FLAG || at == rest.size() ? "" : rest.remove(at));
            }
        }
    }

    private void choose(AdminOption option, String value) {
        String problem = switch (option.kind()) {
            case FLAG -> value.isEmpty() ? "" : "takes no value";
            case TEXT -> value.isBlank() ? "needs a value" : "";
            case NUMBER ->
                NUMBER.matcher(value).matches()
                        ? ""
                        : Fault.quote(value) + " is not a whole number from 1 to 999999999";
        };
        if (!problem.isEmpty()) {
            fault(option.word(), problem);
        }
        choices.put(option, value);
    }

    private AdminTask task() {
        List<AdminTask> tasks = AdminTask.of(command);
        AdminTask first = tasks.get(0);
        if (first.verb().isEmpty()) {
            return first;
        }
        Optional<String> word = word();
        List<String> verbs = tasks.stream().map(AdminTask::verb).toList();
        int found = word.map(verbs::indexOf).orElse(0);
        if (found < 0) {
            String typed = word.orElseThrow();
            fault(
                    Fault.quote(command + " " + typed),
                    "no such command; the nearest is " + command + " " + NearestName.of(typed, verbs));
        }
        return tasks.get(Math.max(0, found));
    }

    private String subject(AdminTask task) {
        String subject = task.subject() == Subject.NONE ? "" : word().orElse("");
        String problem = switch (task.subject()) {
            case NONE -> "";
            case ADDRESS -> isAddress(subject) ? "" : "needs an address: chatmail " + task.words() + " ADDRESS";
            case ADDRESS_OR_NONE ->
                subject.isEmpty() || isAddress(subject) ? "" : Fault.quote(subject) + " is not an address";
            case ID -> ID.matcher(subject).matches() ? "" : "needs an id: chatmail " + task.words() + " ID, as listed";
            case FILE -> isPath(subject) ? "" : "needs a file or folder: chatmail " + task.words() + " PATH";
            case DOMAIN ->
                MailDomain.parse(subject).isPresent() ? "" : "needs a domain: chatmail " + task.words() + " DOMAIN";
        };
        if (!problem.isEmpty()) {
            fault(task.words(), problem);
        }
        return subject;
    }

    private static boolean isAddress(String text) {
        return Login.parse(text).isPresent();
    }

    private static boolean isPath(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Optional<String> word() {
        return rest.isEmpty() || rest.get(0).startsWith("-") ? Optional.empty() : Optional.of(rest.remove(0));
    }

    private void fault(String where, String problem) {
        faults.add(CommandLine.fault(where, problem));
    }
}
