package org.jameschatmail.core.commandline;

import java.nio.file.Path;
import java.util.Map;

/** What the program is asked to do. */
public sealed interface Command {
    /** Start the server in the foreground. */
    record Run(ServerOptions options) implements Command {}

    /**
     * Print the DNS records that the domain needs.
     *
     * @param check compare them with what is published instead
     * @param json for programs
     */
    record ShowZone(ServerOptions options, boolean check, boolean json) implements Command {}

    /**
     * Say whether machine and settings are fit for a mail server.
     *
     * @param peer a domain whose mail server is called, to see whether mail can leave
     * @param json for programs
     */
    record Examine(ServerOptions options, String peer, boolean json) implements Command {}

    /**
     * Show or replace the keys that sign.
     *
     * @param force whether new keys sign though the name service doesn't show them
     */
    record TendKeys(ServerOptions options, KeyStep step, boolean force) implements Command {}

    /** Let a key sign that another server has signed with. */
    record ImportKey(ServerOptions options, Path file, String selector) implements Command {}

    /** A step in the replacement of keys. */
    enum KeyStep {
        /** Only show them. */
        LIST,
        /** Make new ones. */
        ROTATE,
        /** Let the new ones sign. */
        ACTIVATE,
        /** Delete the old ones. */
        RETIRE
    }

    /** Write all that a server keeps into a file, with the server running or not. */
    record BackUp(ServerOptions options, Path file) implements Command {}

    /** Fill an empty data directory from such a file. */
    record Restore(ServerOptions options, Path file) implements Command {}

    /**
     * Have the running server do something.
     *
     * @param subject an address, an id, a domain or a path; empty where the task has none
     * @param choices options with their values, empty texts where they take none
     */
    record Administer(ServerOptions options, AdminTask task, String subject, Map<AdminOption, String> choices)
            implements Command {}

    /** Print what makes a shell complete the words of the program. */
    record Complete(Completion shell) implements Command {}

    /** Print the version. */
    record ShowVersion() implements Command {}

    /** Print the help. */
    record ShowHelp() implements Command {}

    /** Print the help of one command. */
    record ShowHelpOf(HelpTopic topic) implements Command {}
}
