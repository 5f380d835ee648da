package org.jameschatmail.protocols.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jameschatmail.protocols.imap.capability.CapabilityVisibility;
import org.jameschatmail.protocols.imap.metadata.EntryName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dialogues of Delta Chat and of the chatmail test suite, on a socket. */
class ChatmailImapServerTest {
    private static final String ALICE = "alice@example.org";
    private static final String PASSWORD = "correct horse";

    private final Map<EntryName, String> serverMetadata = new LinkedHashMap<>();
    private ImapListener listener;

    @BeforeEach
    void start() throws Exception {
        serverMetadata.put(new EntryName("/shared/comment"), "Willkommen, grüß Gott");
        serverMetadata.put(new EntryName("/shared/vendor/deltachat/maxsmtprecipients"), "1000");
        listener = listener(CapabilityVisibility.DEFAULT, Map.of("idleTimeInterval", 2));
    }

    private ImapListener listener(CapabilityVisibility visibility, Map<String, Object> configuration) throws Exception {
        ImapListener started = new ImapListener(visibility, () -> serverMetadata, configuration);
        started.mailboxes().addAccount(ALICE, PASSWORD);
        return started;
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private WireClient login() throws IOException {
        return listener.login(ALICE, PASSWORD);
    }

    @Test
    void capabilityShouldListWhatDeltaChatChecks() throws Exception {
        try (WireClient client = listener.connect()) {
            assertThat(client.command("a CAPABILITY").get(0).split(" "))
                    .startsWith("*", "CAPABILITY", "IMAP4rev1".toUpperCase(Locale.ROOT))
                    .contains("XCHATMAIL", "XDELTAPUSH", "CONDSTORE", "IDLE", "METADATA", "LITERAL+", "ID")
                    .contains("COMPRESS=DEFLATE", "SPECIAL-USE", "AUTH=PLAIN")
                    .doesNotContain("LOGINDISABLED")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void capabilityShouldHideChatmailUntilLoginWhenConfigured() throws Exception {
        try (ImapListener hiding = listener(new CapabilityVisibility(false, true), Map.of());
                WireClient client = hiding.connect()) {
            assertThat(client.command("a CAPABILITY").get(0)).doesNotContain("XCHATMAIL", "XDELTAPUSH");
            assertThat(client.command("b LOGIN " + ALICE + " \"" + PASSWORD + "\"")
                            .get(0))
                    .contains("XCHATMAIL", "XDELTAPUSH");
        }
    }

    @Test
    void capabilityShouldPromiseNotificationsOnlyWhenTheyAreSent() throws Exception {
        try (ImapListener silent = listener(new CapabilityVisibility(true, false), Map.of());
                WireClient client = silent.connect()) {
            assertThat(client.command("a CAPABILITY").get(0))
                    .contains("XCHATMAIL")
                    .doesNotContain("XDELTAPUSH");
        }
    }

    @Test
    void capabilityShouldListNothingOfMailboxesOfOthers() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.command("a CAPABILITY").get(0).split(" "))
                    .contains("LIST-EXTENDED")
                    .doesNotContain("LIST-MYRIGHTS", "NAMESPACE", "I18NLEVEL=1");
        }
    }

    @Test
    void capabilityShouldLeaveOutWhatIsDisabled() throws Exception {
        try (ImapListener limited =
                        listener(CapabilityVisibility.DEFAULT, Map.of("disabledCaps", "XDELTAPUSH|CONDSTORE"));
                WireClient client = limited.connect()) {
            assertThat(client.command("a CAPABILITY").get(0))
                    .contains("XCHATMAIL")
                    .doesNotContain("XDELTAPUSH", "CONDSTORE");
        }
    }

    @Test
    void loginShouldBeRefusedWhenNotEncrypted() throws Exception {
        try (ImapListener strict = listener(CapabilityVisibility.DEFAULT, Map.of("auth.requireSSL", true));
                WireClient client = strict.connect()) {
            assertThat(client.command("a CAPABILITY").get(0))
                    .contains("LOGINDISABLED")
                    .doesNotContain("AUTH=PLAIN");
            assertThat(client.command("b LOGIN " + ALICE + " \"" + PASSWORD + "\""))
                    .containsExactly("b NO [PRIVACYREQUIRED] Log in after STARTTLS");
            assertThat(client.command("c AUTHENTICATE PLAIN " + plain("", ALICE, PASSWORD)))
                    .containsExactly("c NO [PRIVACYREQUIRED] Log in after STARTTLS");
        }
    }

    @Test
    void loginShouldAnswerWithCapabilities() throws Exception {
        try (WireClient client = listener.connect()) {
            assertThat(client.command("a LOGIN \"" + ALICE + "\" \"" + PASSWORD + "\"")
                            .get(0))
                    .startsWith("a OK [CAPABILITY IMAP4REV1 ")
                    .contains(" XCHATMAIL", " IDLE")
                    .endsWith("] Logged in");
            assertThat(client.command("b SELECT INBOX")).contains("* 0 EXISTS");
        }
    }

    @Test
    void loginShouldTakeLiteralsThatDoNotWait() throws Exception {
        try (WireClient client = listener.connect()) {
            client.send("a LOGIN {17+}\r\n" + ALICE + " {13+}\r\n" + PASSWORD + "\r\n");

            assertThat(client.line()).startsWith("a OK [CAPABILITY ");
        }
    }

    @Test
    void loginShouldTakeLinesThatEndInLineFeed() throws Exception {
        try (WireClient client = listener.connect()) {
            client.send("a LOGIN {17+}\n" + ALICE + " {13+}\n" + PASSWORD + "\n");
            assertThat(client.line()).startsWith("a OK [CAPABILITY ");
        }
    }

    @Test
    void loginShouldTellAWrongPasswordFromTroubleOfOurs() throws Exception {
        try (WireClient client = listener.connect()) {
            assertThat(client.command("a LOGIN " + ALICE + " wrong"))
                    .containsExactly("a NO [AUTHENTICATIONFAILED] Authentication failed");
            listener.mailboxes().setOutOfReach(true);
            assertThat(client.command("b LOGIN " + ALICE + " \"" + PASSWORD + "\"")
                            .get(0))
                    .startsWith("b NO [UNAVAILABLE] ")
                    .doesNotContainIgnoringCase("authentication");
            listener.mailboxes().setOutOfReach(false);
            assertThat(client.command("c LOGIN " + ALICE + " \"" + PASSWORD + "\"")
                            .get(0))
                    .startsWith("c OK ");
        }
    }

    @Test
    void loginShouldKeepTheConnectionWhenUserIsNoAddress() throws Exception {
        try (WireClient client = listener.connect()) {
            assertThat(client.command("a LOGIN a@b@c wrong").get(0))
                    .startsWith("a NO ")
                    .contains("Authentication failed");
            assertThat(client.command("b LOGIN \"\" \"\"").get(0)).startsWith("b NO ");
            assertThat(client.command("c NOOP").get(0)).startsWith("c OK");
        }
    }

    @Test
    void loginShouldCloseTheConnectionWhenWrongThreeTimes() throws Exception {
        try (WireClient client = listener.connect()) {
            client.command("a LOGIN " + ALICE + " wrong");
            client.command("b LOGIN " + ALICE + " wrong");
            assertThat(client.command("c LOGIN " + ALICE + " wrong").get(0)).startsWith("c NO [AUTHENTICATIONFAILED]");
            assertThat(client.line()).startsWith("* BYE");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void authenticateShouldTakeAnInitialResponse() throws Exception {
        try (WireClient client = listener.connect()) {
            assertThat(client.command("a AUTHENTICATE PLAIN " + plain("", ALICE, PASSWORD))
                            .get(0))
                    .startsWith("a OK [CAPABILITY ");
        }
    }

    @Test
    void authenticateShouldTakeAContinuationThatEndsInLineFeed() throws Exception {
        try (WireClient client = listener.connect()) {
            client.send("a AUTHENTICATE PLAIN\n");
            assertThat(client.line()).startsWith("+");
            client.send(plain(ALICE, ALICE, PASSWORD) + "\n");
            assertThat(client.line()).startsWith("a OK [CAPABILITY ");
            assertThat(client.command("b SELECT INBOX")).contains("* 0 EXISTS");
        }
    }

    @Test
    void authenticateShouldRefuseToActForSomebodyElse() throws Exception {
        listener.mailboxes().addAccount("bob@example.org", "bob's password");
        try (WireClient client = listener.connect()) {
            assertThat(client.command("a AUTHENTICATE PLAIN " + plain("bob@example.org", ALICE, PASSWORD))
                            .get(0))
                    .startsWith("a NO [AUTHENTICATIONFAILED]");
            assertThat(client.command("b AUTHENTICATE PLAIN !!!").get(0)).startsWith("b NO [AUTHENTICATIONFAILED]");
        }
    }

    private static String plain(String authorization, String user, String password) {
        return Base64.getEncoder().encodeToString((authorization + '\0' + user + '\0' + password).getBytes());
    }

    @Test
    void idShouldNameTheProductAlone() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.command("a ID (\"name\" \"Delta Chat\" \"version\" NIL)"))
                    .containsExactly("* ID (\"name\" \"James Chatmail\")", "a OK ID completed");
            assertThat(client.command("b ID NIL")).hasSize(2);
            assertThat(client.command("c ID ()")).hasSize(2);
            assertThat(client.command("d ID (\"name\" \"x\" \"name\" \"x\")")).hasSize(2);
            assertThat(client.command("e ID (name").get(0)).startsWith("e BAD");
        }
    }

    @Test
    void getMetadataShouldAnswerWhatTheServerKnows() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.command("a GETMETADATA \"\" (/shared/comment /shared/admin"
                            + " /shared/vendor/deltachat/irohrelay /shared/vendor/deltachat/turn"
                            + " /shared/vendor/deltachat/maxsmtprecipients /shared/vendor/deltachat/appversions)"))
                    .containsExactly(
                            "* METADATA \"\" (/shared/comment {23}",
                            "Willkommen, grüß Gott /shared/vendor/deltachat/maxsmtprecipients {4}",
                            "1000)",
                            "a OK Getmetadata completed");
        }
    }

    @Test
    void getMetadataShouldSucceedWhenNothingIsKnown() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.command("a GETMETADATA \"\" (/shared/admin no-name \"/shared//x\")"))
                    .containsExactly("a OK Getmetadata completed");
        }
    }

    @Test
    void getMetadataShouldTakeOptionsInEitherPlace() throws Exception {
        try (WireClient client = login()) {
            for (String arguments : List.of(
                    "(MAXSIZE 10 DEPTH 1) \"\" /shared/comment",
                    "\"\" (MAXSIZE 10) /shared/comment",
                    "\"\" (depth 1 maxsize 10) (/shared/comment)",
                    "(MAXSIZE 10) \"\" (\"/shared/comment\" /shared/admin )")) {
                assertThat(client.command("a GETMETADATA " + arguments))
                        .containsExactly("a OK [METADATA LONGENTRIES 23] Getmetadata completed");
            }
            assertThat(client.command("b GETMETADATA \"\" (DEPTH infinity) /shared"))
                    .hasSize(4);
            assertThat(client.command("c GETMETADATA (DEPTH 1) \"\" /shared").get(0))
                    .contains("/shared/comment {23}");
            assertThat(client.command("d GETMETADATA (DEPTH 0) \"\" /shared")).hasSize(1);
            client.send("e GETMETADATA {0+}\r\n {15+}\r\n/shared/comment\r\n");
            assertThat(client.untilTagged("e").get(0)).isEqualTo("* METADATA \"\" (/shared/comment {23}");
        }
    }

    @Test
    void getMetadataShouldRefuseRubbishAndGoOn() throws Exception {
        try (WireClient client = login()) {
            for (String arguments : List.of(
                    "",
                    "\"\"",
                    "\"\" ()",
                    "\"\" (/shared/comment",
                    "\"\" (DEPTH 2) /x",
                    "\"\" (MAXSIZE 99999999999) /x",
                    "\"\" (MAXSIZE) /x",
                    "\"\" (/x) more",
                    "\"\" (" + "/x ".repeat(101) + ")")) {
                assertThat(client.command("a GETMETADATA " + arguments).get(0))
                        .as(arguments)
                        .startsWith("a BAD");
            }
            client.send("b GETMETADATA \"\" (/x {3+}\r\nabc garbage\r\nc NOOP\r\n");
            assertThat(client.line()).startsWith("b BAD");
            assertThat(client.line()).startsWith("c OK");
            assertThat(client.command("d GETMETADATA Nowhere /private/comment").get(0))
                    .startsWith("d NO [NONEXISTENT]");
        }
    }

    @Test
    void setMetadataShouldCollectDeviceTokens() throws Exception {
        try (WireClient client = login()) {
            client.send("a01 SETMETADATA INBOX (/private/devicetoken \"1111\" )\n");
            assertThat(client.line()).isEqualTo("a01 OK Setmetadata completed");
            client.send("a02 GETMETADATA INBOX /private/devicetoken\n");
            assertThat(client.untilTagged("a02"))
                    .containsExactly(
                            "* METADATA \"INBOX\" (/private/devicetoken {4}", "1111)", "a02 OK Getmetadata completed");
            client.send("a03 SETMETADATA \"INBOX\" (/private/devicetoken {4+}\n2222)\n");
            assertThat(client.line()).isEqualTo("a03 OK Setmetadata completed");
            client.send("a04 GETMETADATA INBOX (/private/devicetoken)\n");
            assertThat(client.untilTagged("a04")).contains("1111 2222)");
            client.send("a05 SETMETADATA INBOX (/private/devicetoken NIL)\n");
            assertThat(client.line()).isEqualTo("a05 OK Setmetadata completed");
            client.send("a06 GETMETADATA INBOX /private/devicetoken\n");
            assertThat(client.line()).isEqualTo("a06 OK Getmetadata completed");
        }
    }

    @Test
    void setMetadataShouldTakeALiteralThatWaits() throws Exception {
        try (WireClient client = login()) {
            client.send("a SETMETADATA INBOX (/private/comment {5}\r\n");
            assertThat(client.line()).startsWith("+");
            client.send("grüß)\r\n");
            assertThat(client.line()).startsWith("a BAD");
            client.send("b SETMETADATA INBOX (/private/comment {6}\r\n");
            assertThat(client.line()).startsWith("+");
            client.send("grüß)\r\n");
            assertThat(client.line()).isEqualTo("b OK Setmetadata completed");
            assertThat(client.command("c GETMETADATA INBOX /private/comment")).contains("grüß)");
        }
    }

    @Test
    void setMetadataShouldLimitValues() throws Exception {
        try (WireClient client = login()) {
            String longest = "x".repeat(4096);
            client.send("a SETMETADATA INBOX (/private/devicetoken {4096+}\r\n" + longest + ")\r\n");
            assertThat(client.line()).isEqualTo("a OK Setmetadata completed");
            client.send("b SETMETADATA INBOX (/private/devicetoken {4097+}\r\n" + longest + "x)\r\n");
            assertThat(client.line()).startsWith("b NO [METADATA MAXSIZE 4096]");
            assertThat(client.command("c SETMETADATA INBOX (/private/devicetoken \"" + longest + "x\")")
                            .get(0))
                    .startsWith("c NO [METADATA MAXSIZE 4096]");
            assertThat(client.command("d SETMETADATA INBOX (/private/devicetoken \"two words\")")
                            .get(0))
                    .startsWith("d NO [CANNOT]");
            assertThat(client.command("e SETMETADATA \"\" (/shared/comment \"mine now\")")
                            .get(0))
                    .startsWith("e NO [NOPERM]");
            for (int i = 0; i < 64; i++) {
                client.command("f SETMETADATA INBOX (/private/entry" + i + " \"text\")");
            }
            assertThat(client.command("g SETMETADATA INBOX (/private/one-more \"text\")")
                            .get(0))
                    .startsWith("g NO [METADATA TOOMANY]");
        }
    }

    @Test
    void metadataShouldNeedALogin() throws Exception {
        try (WireClient client = listener.connect()) {
            assertThat(client.command("a GETMETADATA \"\" /shared/comment").get(0))
                    .startsWith("a NO");
            assertThat(client.command("b SETMETADATA INBOX (/private/devicetoken \"1\")")
                            .get(0))
                    .startsWith("b NO");
        }
    }

    @Test
    void listShouldAnswerSpecialUse() throws Exception {
        try (WireClient client = login()) {
            client.command("a CREATE Sent");

            assertThat(client.command("b LIST (SPECIAL-USE) \"\" \"*\""))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("\\Sent");
        }
    }

    @Test
    void idleShouldWakeUpAndStayAlive() throws Exception {
        try (WireClient idling = login();
                WireClient sender = login()) {
            idling.command("a SELECT INBOX");
            idling.send("b IDLE\r\n");
            assertThat(idling.line()).isEqualTo("+ idling");
            sender.send("c APPEND INBOX {6+}\r\nA: b\r\n\r\n");
            assertThat(sender.line()).startsWith("c OK");
            assertThat(idling.line()).isEqualTo("* 1 EXISTS");
            assertThat(idling.line()).isEqualTo("* 1 RECENT");
            assertThat(idling.line()).isEqualTo("* OK Still here");
            assertThat(idling.line()).isEqualTo("* OK Still here");
            idling.send("DONE\n");
            assertThat(idling.line()).isEqualTo("b OK Idle completed");
            assertThat(idling.command("d NOOP")).hasSize(1);
        }
    }

    @Test
    void idleShouldEndWhenClientSaysSomethingElse() throws Exception {
        try (WireClient client = login()) {
            client.send("a IDLE\r\n");
            assertThat(client.line()).isEqualTo("+ idling");
            client.send("NOOP\r\n");
            assertThat(client.line()).isEqualTo("a BAD Expected DONE");
            assertThat(client.command("b NOOP").get(0)).startsWith("b OK");
        }
    }

    @Test
    void idleShouldMissNoMessageWhenTheyArriveAllTheTime() throws Exception {
        int messages = 200;
        try (WireClient idling = login();
                WireClient sender = login()) {
            idling.command("a SELECT INBOX");
            Thread sending = new Thread(() -> append(sender, messages));
            sending.start();
            int exists = 0;
            for (int round = 0; exists < messages; round++) {
                idling.send("i" + round + " IDLE\r\n");
                for (String line = idling.line(); !line.endsWith(" EXISTS"); line = idling.line()) {
                    assertThat(line).matches("\\+ idling|\\* OK Still here|\\* \\d+ RECENT");
                }
                idling.send("DONE\r\n");
                for (String line : idling.untilTagged("i" + round)) {
                    assertThat(line).matches("\\* \\d+ (EXISTS|RECENT)|\\* OK Still here|i" + round + " OK .*");
                }
                for (String line : idling.command("n NOOP")) {
                    assertThat(line).matches("\\* \\d+ (EXISTS|RECENT)|n OK .*");
                }
                exists = Integer.parseInt(idling.command("s SELECT INBOX").stream()
                        .filter(line -> line.endsWith(" EXISTS"))
                        .findFirst()
                        .orElseThrow()
                        .split(" ")[1]);
            }
            sending.join();
        }
    }

    private static void append(WireClient sender, int messages) {
        try {
            for (int i = 0; i < messages; i++) {
                sender.send("c APPEND INBOX {6+}\r\nA: b\r\n\r\n");
                assertThat(sender.line()).startsWith("c OK");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void compressShouldLetEachReplyBeReadAtOnce() throws Exception {
        serverMetadata.put(new EntryName("/shared/admin"), incompressible(60_000));
        try (WireClient client = login()) {
            assertThat(client.command("a COMPRESS DEFLATE")).containsExactly("a OK DEFLATE active");
            client.compress();
            for (int i = 0; i < 5; i++) {
                assertThat(client.command("b NOOP")).hasSize(1);
                assertThat(client.command("c GETMETADATA \"\" /shared/admin")).hasSize(3);
            }
            assertThat(client.command("d COMPRESS DEFLATE").get(0)).startsWith("d NO [COMPRESSIONACTIVE]");
        }
    }

    @Test
    void idleShouldStayAliveWhenItIsCompressed() throws Exception {
        try (WireClient idling = login();
                WireClient sender = login()) {
            idling.command("a COMPRESS DEFLATE");
            idling.compress();
            idling.command("b SELECT INBOX");
            idling.send("c IDLE\r\n");
            assertThat(idling.line()).isEqualTo("+ idling");
            assertThat(idling.line()).isEqualTo("* OK Still here");
            sender.send("d APPEND INBOX {6+}\r\nA: b\r\n\r\n");
            assertThat(sender.line()).startsWith("d OK");
            assertThat(idling.line()).isEqualTo("* 1 EXISTS");
            assertThat(idling.line()).isEqualTo("* 1 RECENT");
            assertThat(idling.line()).isEqualTo("* OK Still here");
            idling.send("DONE\r\n");
            assertThat(idling.line()).isEqualTo("c OK Idle completed");
        }
    }

    @Test
    void compressShouldRefuseOtherAlgorithms() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.command("a COMPRESS LZW").get(0)).startsWith("a BAD");
        }
    }

    @Test
    void compressShouldNotBeOfferedWhenItIsOff() throws Exception {
        try (ImapListener plain = listener(CapabilityVisibility.DEFAULT, Map.of("compress", false));
                WireClient client = plain.login(ALICE, PASSWORD)) {
            assertThat(client.command("a CAPABILITY").get(0)).doesNotContain("COMPRESS");
            assertThat(client.command("b COMPRESS DEFLATE").get(0)).startsWith("b BAD");
        }
    }

    private static String incompressible(int length) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append((char) ('!' + random.nextInt(94)));
        }
        return text.toString();
    }
}
