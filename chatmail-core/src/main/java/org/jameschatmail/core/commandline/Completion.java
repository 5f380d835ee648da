package org.jameschatmail.core.commandline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jameschatmail.core.configuration.Keys;

/** Scripts that make a shell complete the words of {@code chatmail}, made from the tables by which it reads them. */
public enum Completion {
    BASH("""
        # bash completion for chatmail. In ~/.bashrc: source <(chatmail completion bash)
        _chatmail() {
            local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=
            COMPREPLY=()
            case $previous in
                --data) COMPREPLY=($(compgen -d -- "$current")); return;;
                --config) COMPREPLY=($(compgen -f -- "$current")); return;;
                --set) COMPREPLY=($(compgen -S = -W "@keys@" -- "$current")); return;;
                @valued@) return;;
            esac
            if ((COMP_CWORD == 1)); then
                words="@commands@"
            else
                case ${COMP_WORDS[1]} in
        @cases@
                esac
            fi
            COMPREPLY=($(compgen -W "$words" -- "$current"))
        }
        complete -o default -F _chatmail chatmail
        """, "            %s) words=\"%s\";;"),
    ZSH("""
        #compdef chatmail
        # zsh completion for chatmail. In a folder of $fpath: chatmail completion zsh > _chatmail
        _chatmail() {
            case $words[CURRENT-1] in
                --data) _files -/; return;;
                --config) _files; return;;
                --set) compadd -S = -- @keys@; return;;
                @valued@) return;;
            esac
            if ((CURRENT == 2)); then
                compadd -- @commands@
                return
            fi
            case $words[2] in
        @cases@
            esac
        }
        if [[ $funcstack[1] == _chatmail ]]; then
            _chatmail "$@"
        else
            compdef _chatmail chatmail
        fi
        """, "        %s) compadd -- %s;;");

    private static final List<String> SERVER_OPTIONS =
            List.of("--domain", "--data", "--port-offset", "--set", "--config", "--help");

    private final String frame;
    private final String row;

    Completion(String frame, String row) {
        this.frame = frame;
        this.row = row;
    }

    /** The script. */
    public String script() {
        String cases = words().entrySet().stream()
                .map(entry -> row.formatted(entry.getKey(), String.join(" ", entry.getValue())))
                .collect(Collectors.joining("\n"));
        return frame.replace(
                        "@keys@", Keys.all().stream().map(key -> key.name()).collect(Collectors.joining(" ")))
                .replace("@valued@", String.join("|", valued()))
                .replace("@commands@", String.join(" ", words().keySet()))
                .replace("@cases@", cases);
    }

    /** Options whose value nobody can guess. */
    private static List<String> valued() {
        List<String> options =
                new ArrayList<>(List.of("--domain", "--port-offset", CommandLine.PEER, CommandLine.SELECTOR));
        Stream.of(AdminOption.values())
                .filter(option -> option.kind() != AdminOption.Kind.FLAG)
                .map(AdminOption::word)
                .forEach(options::add);
        return options;
    }

    /** What may follow each command. */
    private static Map<String, List<String>> words() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (String command : CommandLine.COMMANDS) {
            words.put(command, followers(command));
        }
        return words;
    }

    private static List<String> followers(String command) {
        return switch (command) {
            case "run", "backup", "restore" -> SERVER_OPTIONS;
            case "dns" -> with(SERVER_OPTIONS, CommandLine.CHECK, CommandLine.JSON);
            case "dkim" ->
                with(
                        SERVER_OPTIONS,
                        Stream.concat(
                                CommandLine.KEY_STEPS.stream(),
                                Stream.of(CommandLine.IMPORT, CommandLine.FORCE, CommandLine.SELECTOR)));
            case "doctor" -> with(SERVER_OPTIONS, CommandLine.PEER, CommandLine.JSON);
            case "completion" -> CommandLine.SHELLS;
            case "help" -> CommandLine.COMMANDS;
            case "version" -> List.of();
            default -> with(SERVER_OPTIONS, AdminTask.of(command).stream().flatMap(Completion::words));
        };
    }

    private static Stream<String> words(AdminTask task) {
        Stream<String> options = task.options().stream().map(AdminOption::word).sorted();
        return task.verb().isEmpty() ? options : Stream.concat(Stream.of(task.verb()), options);
    }

    private static List<String> with(List<String> options, String... more) {
        return with(options, Stream.of(more));
    }

    private static List<String> with(List<String> options, Stream<String> more) {
        return Stream.concat(more, options.stream()).distinct().toList();
    }
}
