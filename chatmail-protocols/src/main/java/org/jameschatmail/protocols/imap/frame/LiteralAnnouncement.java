package org.jameschatmail.protocols.imap.frame;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a line says at its end about the octets that follow it: {@code {12}} or {@code {12+}}.
 *
 * @param octets how many follow
 * @param waits whether the client waits for {@code +} before it sends them
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7888">RFC 7888, LITERAL+</a>
 */
record LiteralAnnouncement(long octets, boolean waits) {
    private static final int LONGEST_NUMBER = 10;

    /** Looks at the first {@code length} octets of a line that ends in LF; empty when it announces nothing. */
    static Optional<LiteralAnnouncement> of(byte[] line, int length) {
        int end = length - 1;
        if (end > 0 && line[end - 1] == '\r') {
            end--;
        }
        int at = end - 1;
        if (at < 0 || line[at] != '}') {
            return Optional.empty();
        }
        at--;
        boolean waits = at < 0 || line[at] != '+';
        if (!waits) {
            at--;
        }
        int last = at;
        while (at >= 0 && line[at] >= '0' && line[at] <= '9' && last - at < LONGEST_NUMBER) {
            at--;
        }
        return Optional.ofNullable(announcement(line, at, last, waits));
    }

    private static @Nullable LiteralAnnouncement announcement(byte[] line, int brace, int last, boolean waits) {
        if (brace < 0 || line[brace] != '{' || brace == last) {
            return null;
        }
        long octets = 0;
        for (int i = brace + 1; i <= last; i++) {
            octets = octets * 10 + (line[i] - '0');
        }
        return new LiteralAnnouncement(octets, waits);
    }
}
