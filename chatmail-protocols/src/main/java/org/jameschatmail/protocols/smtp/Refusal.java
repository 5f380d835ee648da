package org.jameschatmail.protocols.smtp;

import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;

/** The one place where a refusal becomes an answer of the SMTP server. */
final class Refusal {
    private Refusal() {}

    /**
     * @param code the SMTP code: 4yz is answered as passing, 5yz as final
     * @param text what follows the code on the wire, an enhanced code included
     */
    static HookResult of(int code, String text) {
        HookReturnCode outcome = code < 500 ? HookReturnCode.denySoft() : HookReturnCode.deny();
        return HookResult.builder()
                .hookReturnCode(outcome)
                .smtpReturnCode(Integer.toString(code))
                .smtpDescription(text)
                .build();
    }
}
