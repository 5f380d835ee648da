package org.jameschatmail.guice.mailbox;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.exception.MailboxException;
import org.jspecify.annotations.Nullable;

/**
 * Flags as two columns: a sum of powers of two for those of IMAP, and the keywords of clients, a line each.
 *
 * @param bits the sum
 * @param keywords null when there are none
 */
record StoredFlags(int bits, @Nullable String keywords) {
    private static final int MAX_KEYWORDS_LENGTH = 1000;
    private static final String SEPARATOR = "\n";
    private static final int DELETED = 2;
    private static final int RECENT = 16;
    private static final int SEEN = 32;
    private static final Map<Flag, Integer> BITS = Map.of(
            Flag.ANSWERED,
            1,
            Flag.DELETED,
            DELETED,
            Flag.DRAFT,
            4,
            Flag.FLAGGED,
            8,
            Flag.RECENT,
            RECENT,
            Flag.SEEN,
            SEEN);

    /** @throws MailboxException when the keywords are longer than a mailbox takes */
    static StoredFlags of(Flags flags) throws MailboxException {
        int bits = Arrays.stream(flags.getSystemFlags())
                .mapToInt(flag -> BITS.getOrDefault(flag, 0))
                .sum();
        String keywords = String.join(SEPARATOR, new TreeSet<>(List.of(flags.getUserFlags())));
        if (keywords.length() > MAX_KEYWORDS_LENGTH) {
            throw new MailboxException("A message takes no more than " + MAX_KEYWORDS_LENGTH + " letters of keywords");
        }
        return new StoredFlags(bits, keywords.isEmpty() ? null : keywords);
    }

    Flags toFlags() {
        Flags flags = new Flags();
        BITS.forEach((flag, bit) -> {
            if ((bits & bit) != 0) {
                flags.add(flag);
            }
        });
        split(keywords).forEach(flags::add);
        return flags;
    }

    StoredFlags withRecent() {
        return new StoredFlags(bits | RECENT, keywords);
    }

    boolean deleted() {
        return (bits & DELETED) != 0;
    }

    boolean recent() {
        return (bits & RECENT) != 0;
    }

    boolean seen() {
        return (bits & SEEN) != 0;
    }

    static Set<String> split(@Nullable String keywords) {
        if (keywords == null || keywords.isEmpty()) {
            return Set.of();
        }
        return Set.of(keywords.split(SEPARATOR));
    }

    static String join(Set<String> keywords) {
        return keywords.stream().sorted().collect(Collectors.joining(SEPARATOR));
    }
}
