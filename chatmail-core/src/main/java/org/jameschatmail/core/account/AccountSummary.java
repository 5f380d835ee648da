package org.jameschatmail.core.account;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What an administrator sees of an account.
 *
 * @param address in lower case
 * @param lastLogin the day, in UTC; empty when it isn't known
 * @param usedBytes the octets of its messages
 * @param messages in all its mailboxes
 * @param quotaBytes its own limit, if it has one
 * @param cleartext whether it takes mail that isn't encrypted
 */
public record AccountSummary(
        String address,
        Optional<LocalDate> lastLogin,
        long usedBytes,
        long messages,
        Optional<Long> quotaBytes,
        boolean banned,
        boolean cleartext) {}
