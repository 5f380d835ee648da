package org.jameschatmail.integration.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All that the released Delta Chat core says over IMAP from its first login on, and the shape of every answer, line by
 * line. {@link CoreRecordingIT} has recorded it.
 */
class CoreDialogueIT {
    static final String DOMAIN = "chat.localhost";
    static final String CONNECT = "CONNECT";
    static final Path RECORDING = Path.of("src/test/resources/recording/delta-chat-core-imap.txt");

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain(DOMAIN));

    @Test
    void everyAnswerToTheCoreShouldHaveTheShapeThatWasRecorded() throws IOException {
        MailAccount recipient = MailAccount.unused(SERVER.server());
        List<String> connections = Stream.of(Files.readString(RECORDING).split("(?m)^" + CONNECT + "\n"))
                .filter(script -> !script.isBlank())
                .toList();
        assertThat(connections).isNotEmpty();
        try (SmtpDialogue sender = MailAccount.create(SERVER.server()).submission()) {
            for (String script : connections) {
                replay(script, recipient, sender);
            }
        }
    }

    private static void replay(String script, MailAccount recipient, SmtpDialogue sender) {
        try (ImapDialogue imap = ImapDialogue.tls(SERVER.server().ports().imaps())) {
            imap.with("address", recipient.address())
                    .with("password", recipient.password())
                    .delivering(() -> deliver(sender, recipient))
                    .play(script);
        }
    }

    private static void deliver(SmtpDialogue sender, MailAccount recipient) {
        sender.with("recipient", recipient.address())
                .with("mail", EncryptedMail.from(sender.variable("sender")).text())
                .play("""
                        C: MAIL FROM:<${sender}>
                        S: 250
                        C: RCPT TO:<${recipient}>
                        S: 250
                        C: DATA
                        S: 354
                        C: ${mail}
                        C: .
                        S: 250
                        """);
    }
}
