package org.jameschatmail.integration.account;

import java.util.List;
import org.jameschatmail.integration.server.ServerPorts;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;

/** What a server says to a login, on each protocol; nothing but the reply to the login itself. */
final class LoginReplies {
    static final String IMAP_REFUSAL = "a1 NO [AUTHENTICATIONFAILED] Authentication failed";
    static final String SMTP_REFUSAL = "535 5.7.8 Authentication failed";

    private LoginReplies() {}

    static String imap(ServerPorts ports, String address, String password) {
        try (ImapDialogue imap = ImapDialogue.tls(ports.imaps())) {
            imap.with("address", address).with("password", password).play("""
                    S: * OK
                    C: a1 LOGIN "${address}" "${password}"
                    S: a1
                    """);
            return lastLine(imap.transcript());
        }
    }

    static String smtp(ServerPorts ports, String address, String password) {
        try (SmtpDialogue smtp = SmtpDialogue.tls(ports.submissions())) {
            smtp.with("credentials", SmtpDialogue.credentials(address, password))
                    .play("""
                            S: 220
                            C: EHLO [127.0.0.1]
                            S? 250 .*
                            C: AUTH PLAIN ${credentials}
                            S~ [0-9]{3} .*
                            """);
            return lastLine(smtp.transcript());
        }
    }

    private static String lastLine(List<String> transcript) {
        return transcript.get(transcript.size() - 1).substring("S: ".length());
    }
}
