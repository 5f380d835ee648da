package org.jameschatmail.integration.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.deltachat.DeltaChatAccount;
import org.jameschatmail.integration.deltachat.DeltaChatCore;
import org.jameschatmail.integration.deltachat.DeltaChatMessage;
import org.jameschatmail.integration.deltachat.LoginLink;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Makes the recording that {@link CoreDialogueIT} replays, with the core that is installed:
 * {@code mvn -Dchatmail.record=true -Dit.test=CoreRecordingIT} and so on. Somebody with a new account is asked for contact,
 * reads and answers messages, and deletes all of them from the server.
 */
@EnabledIfSystemProperty(named = "chatmail.record", matches = "true")
class CoreRecordingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(ServerSettings.forDomain(CoreDialogueIT.DOMAIN));

    @Test
    void record() throws IOException {
        LoginLink alice = LoginLink.invent(CoreDialogueIT.DOMAIN);
        try (ImapRecorder recorder = new ImapRecorder(SERVER.server().ports().imaps());
                DeltaChatCore aliceCore = DeltaChatCore.start();
                DeltaChatCore bobCore = DeltaChatCore.start()) {
            DeltaChatAccount aliceAccount = aliceCore.addAccount();
            DeltaChatAccount bobAccount = bobCore.addAccount();
            aliceAccount.onboard(alice.overRelayedImap(recorder.port(), SERVER.server()));
            bobAccount.onboard(LoginLink.invent(CoreDialogueIT.DOMAIN).overTls(SERVER.server()));
            bobAccount.secureJoin(aliceAccount);

            int chat = bobAccount.chatWith(bobAccount.contact(aliceAccount.address()));
            for (String text : List.of("one", "two")) {
                bobAccount.awaitDelivered(bobAccount.send(chat, text));
                DeltaChatMessage received = aliceAccount.awaitIncoming(text);
                aliceAccount.accept(received.chatId());
                aliceAccount.markSeen(received);
                aliceAccount.awaitDelivered(aliceAccount.send(received.chatId(), "yes, " + text));
            }
            awaitRest(recorder);
            Files.createDirectories(CoreDialogueIT.RECORDING.getParent());
            Files.writeString(CoreDialogueIT.RECORDING, neutral(recorder, alice), UTF_8);
        }
    }

    private static void awaitRest(ImapRecorder recorder) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (recorder.dialogues().stream().noneMatch(RecordedDialogue::isAtRest)) {
            if (deadline.hasPassed()) {
                throw new AssertionError("the client does not come to rest:\n" + script(recorder));
            }
            Thread.onSpinWait();
        }
    }

    private static String neutral(ImapRecorder recorder, LoginLink login) {
        return script(recorder)
                .replace(login.address().replace(".", "\\."), "${address}")
                .replace(login.address(), "${address}")
                .replace(login.password(), "${password}");
    }

    private static String script(ImapRecorder recorder) {
        return recorder.dialogues().stream()
                .map(dialogue -> CoreDialogueIT.CONNECT + "\n" + dialogue.script())
                .collect(Collectors.joining());
    }
}
