package org.jameschatmail.core.moving;

/**
 * A mailbox as another server showed it to clients, who remember these numbers: with the same ones they notice nothing.
 *
 * @param name {@code INBOX}, or as IMAP has it, levels separated by dots
 * @param uidValidity 1 to 2^32 - 1, or 0 when the server's numbers aren't known
 * @param uidNext above the UID of every message it has had; 1 when the numbers aren't known
 */
public record MovedMailbox(String name, long uidValidity, long uidNext) {
    public static final String INBOX = "INBOX";

    private static final long GREATEST = (1L << 32) - 1;
    private static final int LONGEST_NAME = 200;

    public MovedMailbox {
        if (uidValidity < 0 || uidValidity > GREATEST || uidNext < 1 || uidNext > GREATEST) {
            throw new IllegalArgumentException("A number of a mailbox is out of range");
        }
        if (!isName(name)) {
            throw new IllegalArgumentException("The name of a mailbox is malformed");
        }
    }

    /** Whether a mailbox can have this name here. */
    public static boolean isName(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST_NAME
                && !name.startsWith(".")
                && !name.endsWith(".")
                && !name.contains("..")
                && name.chars().allMatch(c -> c >= ' ' && c != 0x7f && "#%*&/\\\"".indexOf(c) < 0);
    }
}
