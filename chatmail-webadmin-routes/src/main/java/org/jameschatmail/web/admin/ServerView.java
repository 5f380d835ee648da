package org.jameschatmail.web.admin;

import java.time.Instant;
import java.util.Map;

/** What an administrator sees of the server as a whole. Thread-safe. */
public interface ServerView {
    /**
     * How the server is now.
     *
     * @param version of the program
     * @param accounts how many there are
     * @param messages in all mailboxes
     * @param storedBytes the octets of the messages in all mailboxes, each recipient's own copy counted
     * @param freeDiskBytes where the data directory is
     * @param heapUsedBytes of the process
     * @param outgoing messages that wait for other servers
     * @param spool messages that wait for the mailets
     * @param push notifications that wait
     */
    record Status(
            String version,
            String domain,
            Instant startedAt,
            long accounts,
            long messages,
            long storedBytes,
            long freeDiskBytes,
            long heapUsedBytes,
            long outgoing,
            long spool,
            long push) {}

    Status status();

    /** How many tokens devices have left here. */
    long deviceTokens();

    /** Each key of the configuration with what it was at the start; secrets are masked. */
    Map<String, String> configuration();

    /** The DNS records that the domain needs, as {@code chatmail dns --json} prints them. */
    String zoneJson();
}
