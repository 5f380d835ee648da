package org.jameschatmail.core.commandline;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What an administrator has a running server do: {@code chatmail COMMAND VERB SUBJECT}. The first task of a command is
 * meant where no verb is given. This table is all that parsing, help and completion know.
 */
public enum AdminTask {
    LIST_ACCOUNTS(
            "accounts",
            "list",
            Subject.NONE,
            AdminOption.SEARCH,
            AdminOption.AFTER,
            AdminOption.LIMIT,
            AdminOption.ALL),
    SHOW_ACCOUNT("accounts", "show", Subject.ADDRESS),
    CREATE_ACCOUNT("accounts", "create", Subject.ADDRESS_OR_NONE),
    RESET_PASSWORD("accounts", "password", Subject.ADDRESS),
    BAN("accounts", "ban", Subject.ADDRESS),
    UNBAN("accounts", "unban", Subject.ADDRESS),
    DELETE_ACCOUNT("accounts", "delete", Subject.ADDRESS, AdminOption.YES),
    LIST_TOKENS("tokens", "list", Subject.NONE),
    CREATE_TOKEN("tokens", "create", Subject.NONE, AdminOption.LABEL, AdminOption.USES, AdminOption.DAYS),
    DELETE_TOKEN("tokens", "delete", Subject.ID),
    SHOW_REGISTRATION("registration", "show", Subject.NONE),
    OPEN_REGISTRATION("registration", "open", Subject.NONE),
    INVITE_TO_REGISTRATION("registration", "token", Subject.NONE),
    CLOSE_REGISTRATION("registration", "closed", Subject.NONE),
    LIMIT_REGISTRATION(
            "registration",
            "limit",
            Subject.NONE,
            AdminOption.PER_NETWORK,
            AdminOption.GUARD_LOAD,
            AdminOption.GUARD_MEMORY,
            AdminOption.GUARD_DISK),
    RESET_REGISTRATION("registration", "reset", Subject.NONE),
    LIST_QUEUE("queue", "list", Subject.NONE),
    RETRY_QUEUE("queue", "retry", Subject.DOMAIN),
    IMPORT_RELAY("import", "relay", Subject.FILE, AdminOption.WITHOUT_MAIL, AdminOption.DRY_RUN),
    IMPORT_MADDY("import", "maddy", Subject.FILE, AdminOption.DRY_RUN),
    EXPIRE("expire", "", Subject.NONE, AdminOption.DRY_RUN),
    SHOW_STATUS("status", "", Subject.NONE);

    /** The word that follows the verb. */
    enum Subject {
        NONE,
        ADDRESS,
        ADDRESS_OR_NONE,
        ID,
        DOMAIN,
        FILE
    }

    private final String command;
    private final String verb;
    private final Subject subject;
    private final Set<AdminOption> options;

    AdminTask(String command, String verb, Subject subject, AdminOption... options) {
        this.command = command;
        this.verb = verb;
        this.subject = subject;
        this.options = EnumSet.of(AdminOption.JSON, options);
    }

    /** All words that begin such a task. */
    static List<String> commands() {
        return Arrays.stream(values()).map(task -> task.command).distinct().toList();
    }

    /** Those that begin with this word, the default first. */
    static List<AdminTask> of(String command) {
        return Arrays.stream(values())
                .filter(task -> task.command.equals(command))
                .toList();
    }

    /** As it is typed: {@code accounts list}. */
    public String words() {
        return verb.isEmpty() ? command : command + " " + verb;
    }

    String verb() {
        return verb;
    }

    Subject subject() {
        return subject;
    }

    Set<AdminOption> options() {
        return Set.copyOf(options);
    }
}
