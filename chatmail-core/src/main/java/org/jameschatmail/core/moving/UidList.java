package org.jameschatmail.core.moving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dovecot's file {@code dovecot-uidlist}, version 3: the UIDs by which clients know the messages of a Maildir.
 *
 * <pre>{@code
 * 3 V1775324600 N43 G3a5c...
 * 42 W3305 :1775324677.M448978P3029757.host,S=3235,W=3305
 * }</pre>
 *
 * The header may be older than the lines.
 *
 * @param uidValidity 0 when the numbers aren't known
 * @param uids by {@link MaildirName#unique}
 * @see <a href="https://doc.dovecot.org/2.3/admin_manual/mailbox_formats/maildir/">Dovecot: Maildir</a>
 */
record UidList(long uidValidity, long uidNext, Map<String, Long> uids) {
    static final UidList UNKNOWN = new UidList(0, 1, Map.of());

    private static final Pattern HEADER = Pattern.compile("3 (?:.* )?V([0-9]{1,10})(?: .*)?");
    private static final Pattern NEXT = Pattern.compile("3 (?:.* )?N([0-9]{1,10})(?: .*)?");
    private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,9}) (?:[^:]* )?:(.+)");
    private static final long GREATEST = (1L << 32) - 2;

    UidList {
        uids = Map.copyOf(uids);
    }

    /** Without a header it is unknown; lines that are none are left out. */
    static UidList of(List<String> lines) {
        String first = lines.isEmpty() ? "" : lines.get(0);
        long validity = number(HEADER.matcher(first));
        if (validity == 0) {
            return UNKNOWN;
        }
        long next = Math.max(1, number(NEXT.matcher(first)));
        Map<String, Long> uids = new HashMap<>();
        for (String text : lines.subList(1, lines.size())) {
            Matcher line = LINE.matcher(text);
            long uid = number(line);
            if (uid > 0) {
                uids.put(MaildirName.of(line.group(2)).unique(), uid);
                next = Math.max(next, uid + 1);
            }
        }
        return new UidList(validity, next, uids);
    }

    /** The number in the first group; 0 when it isn't there or doesn't fit. */
    private static long number(Matcher matcher) {
        long number = matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        return number > GREATEST ? 0 : number;
    }

    long uid(MaildirName name) {
        return uids.getOrDefault(name.unique(), 0L);
    }
}
