package org.jameschatmail.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.stock.Resources.message;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each sample of the Javadoc and of the guide in a stock James, with the one jar in {@code extensions-jars}. */
class StockJamesIT {
    private static final Path JAR = Path.of(System.getProperty("mailets.jar"));
    private static final Path SOURCES = Path.of(System.getProperty("mailets.sources"));
    private static final Path GUIDE = Path.of(System.getProperty("mailets.guide"));
    private static final String ALICE = "ac1_alice@example.org";
    private static final String ENCRYPTION_NEEDED = "523 Encryption Needed: Invalid Unencrypted Mail";

    @TempDir
    static Path folder;

    private static StockJames james;
    private static List<Sample> samples;
    private static int sent;

    @BeforeAll
    static void start() throws Exception {
        samples = new ArrayList<>(Sample.in(SOURCES));
        samples.addAll(Sample.inGuide(GUIDE));
        james = StockJames.start(folder, JAR, MailetContainer.with(samples));
        james.awaitReady();
        james.put("/users/bob@stock.example", "{\"password\":\"secret\"}");
    }

    @AfterAll
    static void stop() throws Exception {
        if (james != null) {
            james.close();
        }
    }

    /** Sends a message from Alice to the sample; where it ended. */
    private static StoredMail outcome(String sample, String message) throws IOException, InterruptedException {
        String recipient = send(sample, message);
        return james.await(recipient);
    }

    private static String send(String sample, String message) throws IOException {
        String host = samples.stream()
                .filter(it -> it.id().equals(sample))
                .findFirst()
                .orElseThrow()
                .host();
        String recipient = "recipient" + sent++ + "@" + host;
        try (SmtpDialogue smtp = james.smtp()) {
            smtp.send(ALICE, recipient, message);
        }
        return recipient;
    }

    @Test
    void everyMailetAndMatcherShouldShowASample() {
        assertThat(samples)
                .extracting(Sample::className)
                .contains(
                        "ExceedsSendRate",
                        "IsLargerThan",
                        "IsOpenPgpEncrypted",
                        "IsSecureJoinRequest",
                        "IsSenderAligned",
                        "RefuseCleartext",
                        "RemoveClientHeaders",
                        "ReplaceSubject");
    }

    @ParameterizedTest
    @CsvSource({
        "isopenpgpencrypted-1, delta-chat, accepted",
        "isopenpgpencrypted-1, cleartext, refused",
        "isopenpgpencrypted-1, secure-join-vc-request, refused",
        "issecurejoinrequest-1, secure-join-vc-request, accepted",
        "issecurejoinrequest-1, delta-chat, accepted",
        "issecurejoinrequest-1, cleartext, refused",
        "issenderaligned-1, cleartext, accepted",
        "issenderaligned-1, thunderbird, refused",
        "islargerthan-1, cleartext, accepted",
        "refusecleartext-1, delta-chat, accepted",
        "refusecleartext-1, delta-chat-large, accepted",
        "refusecleartext-1, thunderbird, refused",
        "refusecleartext-1, autocrypt-setup-message, refused",
        "refusecleartext-2, delta-chat, accepted",
        "refusecleartext-2, thunderbird, accepted",
        "refusecleartext-2, bounce, accepted",
        "refusecleartext-2, cleartext-quoting-armor, refused"
    })
    void sampleShouldSendTheMessageWhereItBelongs(String sample, String message, String repository) throws Exception {
        assertThat(outcome(sample, message(message)).repository()).isEqualTo(repository);
    }

    @Test
    void refusedMailShouldTellTheReply() throws Exception {
        assertThat(outcome("refusecleartext-1", message("cleartext")).error()).isEqualTo(ENCRYPTION_NEEDED);
    }

    @Test
    void gateShouldLetEncryptedMailReachTheMailbox() throws Exception {
        try (SmtpDialogue smtp = james.smtp()) {
            smtp.send(ALICE, "bob@stock.example", message("cleartext"));
            smtp.send(ALICE, "bob@stock.example", message("delta-chat"));
        }

        assertThat(james.await("bob@stock.example").repository()).isEqualTo("refused");
        assertThat(james.awaitMessages("bob@stock.example")).isEqualTo(1);
    }

    @Test
    void sampleShouldRefuseAMessageAboveTheLimit() throws Exception {
        String line = "x".repeat(998) + "\r\n";
        String message = message("cleartext") + line.repeat(31_458);

        assertThat(outcome("islargerthan-1", message).repository()).isEqualTo("refused");
    }

    @Test
    void sampleShouldRefuseMailBeyondTheRate() throws Exception {
        List<String> recipients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            recipients.add(send("exceedssendrate-1", message("cleartext")));
        }
        List<String> repositories = new ArrayList<>();
        for (String recipient : recipients) {
            repositories.add(james.await(recipient).repository());
        }

        assertThat(repositories).containsOnly("accepted", "refused");
        assertThat(repositories).startsWith("accepted");
        assertThat(repositories).filteredOn("accepted"::equals).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"removeclientheaders-1", "removeclientheaders-2"})
    void sampleShouldRemoveClientHeadersAndKeepTheRest(String sample) throws Exception {
        String message = message("delta-chat");

        assertThat(outcome(sample, "X-Mailer: Phone 1.0\r\n" + message).message())
                .doesNotContain("Received:", "X-Mailer:")
                .endsWith(message);
    }

    @Test
    void sampleShouldReplaceTheSubjectAndKeepTheRest() throws Exception {
        String message = message("cleartext");

        assertThat(outcome("replacesubject-1", message).message())
                .endsWith(message.replace("Subject: Plans\r\n", "Subject: [...]\r\n"));
    }

    @Test
    void guideShouldRefuseCleartextAndMakeTheRestPlain() throws Exception {
        String message = message("delta-chat").replace("Subject: [...]", "Subject: Plans");

        StoredMail accepted = outcome("guide-1", "User-Agent: Phone 1.0\r\n" + message);
        assertThat(accepted.repository()).isEqualTo("accepted");
        assertThat(accepted.message())
                .doesNotContain("Received:", "User-Agent:")
                .endsWith(message("delta-chat"));
        assertThat(outcome("guide-1", message("cleartext")).repository()).isEqualTo("refused");
        assertThat(outcome("guide-1", message("thunderbird")).repository()).isEqualTo("refused");
    }
}
