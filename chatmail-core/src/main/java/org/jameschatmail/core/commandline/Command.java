package org.jameschatmail.core.commandline;

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

    /** Print the version. */
    record ShowVersion() implements Command {}

    /** Print the help. */
    record ShowHelp() implements Command {}
}
