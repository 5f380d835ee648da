package org.jameschatmail.protocols.smtp;

import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;

/** The one place where a refusal becomes an answer of the SMTP server. */
final class Refusal {
    private Refusal() {}

    static HookResult of(Rejected rejected) {
        return of(rejected.reason().code(), rejected.publicText());
    }

    /** For a reason whose text has no places to fill. */
    static HookResult of(Reason reason) {
        return of(Rejected.of(reason));
    }

    /**
     * For the dialogue itself, where no message is judged.
     *
     * @param code the SMTP code: 4yz is answered as passing, 5yz as final
     * @param text what follows the code on the wire, an enhanced code included
     */
    static HookResult of(int code, String text) {
        return HookResult.builder()
                .hookReturnCode(code < 500 ? HookReturnCode.denySoft() : HookReturnCode.deny())
                .smtpReturnCode(Integer.toString(code))
                .smtpDescription(text)
                .build();
    }
}
