package org.jameschatmail.guice.expiry;

import java.time.Duration;

/**
 * What a run has removed so far, or would have.
 *
 * @param messages for their age or the quota
 * @param octets of these messages
 * @param accounts with all that was theirs
 * @param others mail that was set aside, in error repositories or in queues
 * @param mailboxesVisited looked at, whether something was found or not
 * @param accountsVisited the same
 * @param failures visits that failed; they take place again with the next run
 * @param work the time in which something was done, pauses left out
 */
record ExpiryReport(
        long messages,
        long octets,
        long accounts,
        long others,
        long mailboxesVisited,
        long accountsVisited,
        long failures,
        Duration work) {}
