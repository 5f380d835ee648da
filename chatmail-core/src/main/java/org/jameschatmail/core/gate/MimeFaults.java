package org.jameschatmail.core.gate;

import org.jameschatmail.core.mime.MimeFault;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;

/** The one translation of an unreadable message to a refusal. */
final class MimeFaults {
    private MimeFaults() {}

    static Rejected rejection(MimeFault fault) {
        Reason reason = switch (fault) {
            case TOO_LARGE -> Reason.MESSAGE_TOO_LARGE;
            case BARE_LINE_BREAK -> Reason.BARE_LINE_BREAK;
            case MALFORMED_HEADER, HEADER_TOO_LARGE, TOO_MANY_PARTS, TOO_DEEPLY_NESTED -> Reason.MALFORMED_MESSAGE;
        };
        return Rejected.of(reason).because(fault.name());
    }
}
