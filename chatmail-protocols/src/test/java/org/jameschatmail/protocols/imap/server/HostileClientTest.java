package org.jameschatmail.protocols.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jameschatmail.protocols.imap.capability.CapabilityVisibility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What James 3.8.1 gets wrong when a client, or two of them, do what most don't. */
class HostileClientTest {
    private static final String ALICE = "alice@example.org";
    private static final String PASSWORD = "correct horse";
    private static final String MESSAGE = "Subject: one\r\n\r\nHello\r\n";

    private ImapListener listener;

    @BeforeEach
    void start() throws Exception {
        listener = new ImapListener(
                CapabilityVisibility.DEFAULT, Map::of, Map.of("literalSizeLimit", "1M", "maxLineLength", 65536));
        listener.mailboxes().addAccount(ALICE, PASSWORD);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private WireClient login() throws IOException {
        return listener.login(ALICE, PASSWORD);
    }

    private static void append(WireClient client, String message) throws IOException {
        client.send("append APPEND INBOX {" + message.length() + "+}\r\n" + message + "\r\n");
        assertThat(client.untilTagged("append")).last().asString().startsWith("append OK");
    }

    private void awaitNoListener() {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (listener.mailboxes().listeners() > 0) {
            assertThat(System.nanoTime()).as("a listener is left").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void loginShouldTakeTwoLiteralsThatWait() throws Exception {
        try (WireClient client = listener.connect()) {
            client.send("a LOGIN {" + ALICE.length() + "}\r\n");
            assertThat(client.line()).startsWith("+");
            client.send(ALICE + " {" + PASSWORD.length() + "}\r\n");
            assertThat(client.line()).startsWith("+");
            client.send(PASSWORD + "\r\n");
            assertThat(client.line()).startsWith("a OK [CAPABILITY ");
        }
    }

    @Test
    void literalShouldBeRefusedBeforeLoginWhenItIsLarge() throws Exception {
        try (WireClient client = listener.connect()) {
            assertThat(client.command("a LOGIN {5000}").get(0)).startsWith("a BAD");
            assertThat(client.command("b NOOP").get(0)).startsWith("b OK");
            client.send("c LOGIN {2000000000+}\r\n");
            assertThat(client.line()).startsWith("c BAD");
            assertThat(client.line()).startsWith("* BYE");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void appendShouldSayTooBigBeforeTheMessageIsSent() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.command("a APPEND INBOX {1048577}").get(0)).startsWith("a NO [TOOBIG]");
            append(client, MESSAGE);
        }
    }

    @Test
    void commandShouldBeRefusedWhenItsLineIsTooLong() throws Exception {
        try (WireClient client = login()) {
            assertThat(client.command("a NOOP " + "x".repeat(70_000)).get(0)).startsWith("a BAD Command line too long");
            assertThat(client.command("b NOOP").get(0)).startsWith("b OK");
        }
        try (WireClient client = listener.connect()) {
            assertThat(client.command("c NOOP " + "x".repeat(9_000)).get(0)).startsWith("c BAD Command line too long");
        }
    }

    @Test
    void pipelinedCommandsShouldBeAnsweredInOrder() throws Exception {
        try (WireClient client = login()) {
            StringBuilder commands = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                commands.append(i % 3 == 0 ? "t" + i + " SELECT INBOX\r\n" : "t" + i + " NOOP\r\n");
            }
            client.send(commands.toString());
            for (int i = 0; i < 300; i++) {
                String tag = "t" + i + " ";
                String line = client.line();
                while (line.startsWith("*")) {
                    line = client.line();
                }
                assertThat(line).startsWith(tag + "OK");
            }
        }
    }

    @Test
    void doneShouldBeAnsweredBeforeTheCommandBehindIt() throws Exception {
        try (WireClient client = login()) {
            client.command("a SELECT INBOX");
            client.send("b IDLE\r\nDONE\r\nc NOOP\r\nd IDLE\r\nDONE\r\n");
            assertThat(client.line()).isEqualTo("+ idling");
            assertThat(client.line()).startsWith("b OK");
            assertThat(client.line()).startsWith("c OK");
            assertThat(client.line()).isEqualTo("+ idling");
            assertThat(client.line()).startsWith("d OK");
        }
    }

    @Test
    void authenticateShouldNotEatTheNextCommand() throws Exception {
        try (WireClient client = listener.connect()) {
            String answer = Base64.getEncoder().encodeToString(("\0" + ALICE + "\0" + PASSWORD).getBytes());
            client.send("a AUTHENTICATE PLAIN\r\n" + answer + "\r\nb SELECT INBOX\r\nc NOOP\r\n");
            assertThat(client.line()).startsWith("+");
            assertThat(client.line()).startsWith("a OK");
            assertThat(client.untilTagged("b")).last().asString().startsWith("b OK");
            assertThat(client.line()).startsWith("c OK");
        }
    }

    @Test
    void closeAndUnselectShouldLetGoOfTheMailbox() throws Exception {
        try (WireClient client = login()) {
            for (String command : List.of("CLOSE", "UNSELECT", "SELECT INBOX", "EXAMINE INBOX")) {
                client.command("a SELECT INBOX");
                assertThat(client.command("b " + command)).last().asString().startsWith("b OK");
            }
            client.command("c CLOSE");
            assertThat(listener.mailboxes().listeners()).isZero();
        }
    }

    @Test
    void listenerShouldBeGoneWhenTheClientIs() throws Exception {
        try (WireClient client = login()) {
            client.command("a SELECT INBOX");
            assertThat(listener.mailboxes().listeners()).isEqualTo(1);
        }
        awaitNoListener();
    }

    @Test
    void examinedMailboxShouldNotBeChanged() throws Exception {
        try (WireClient client = login();
                WireClient other = login()) {
            append(other, MESSAGE);
            other.command("a SELECT INBOX");
            other.command("b STORE 1 +FLAGS (\\Deleted)");
            assertThat(client.command("c EXAMINE INBOX")).last().asString().startsWith("c OK [READ-ONLY]");

            assertThat(client.command("d STORE 1 +FLAGS (\\Seen)").get(0)).startsWith("d NO [READ-ONLY]");
            assertThat(client.command("e UID STORE 1 +FLAGS (\\Seen)").get(0)).startsWith("e NO [READ-ONLY]");
            assertThat(client.command("f EXPUNGE").get(0)).startsWith("f NO [READ-ONLY]");
            assertThat(client.command("g UID EXPUNGE 1").get(0)).startsWith("g NO [READ-ONLY]");
            assertThat(client.command("h MOVE 1 INBOX").get(0)).startsWith("h NO [READ-ONLY]");
            assertThat(client.command("i FETCH 1 BODY[]")).last().asString().startsWith("i OK");
            assertThat(client.command("j CLOSE").get(0)).startsWith("j OK");
            assertThat(other.command("k FETCH 1 FLAGS").get(0))
                    .contains("\\Deleted")
                    .doesNotContain("\\Seen");
        }
    }

    @Test
    void searchShouldBeRefusedWhenItIsTooDeep() throws Exception {
        try (WireClient client = login()) {
            client.command("a SELECT INBOX");
            assertThat(client.command("b SEARCH " + "NOT ".repeat(10_000) + "ALL")
                            .get(0))
                    .startsWith("b BAD");
            assertThat(client.command("c SEARCH " + "(".repeat(10_000) + "ALL").get(0))
                    .startsWith("c BAD");
            assertThat(client.command("d SEARCH " + "OR ".repeat(20_000) + "ALL")
                            .get(0))
                    .startsWith("d BAD");
            assertThat(client.command("e SEARCH " + "NOT ".repeat(100) + "ALL"))
                    .last()
                    .asString()
                    .startsWith("e OK");
        }
    }

    @Test
    void rangeOfAllUidsShouldCostWhatTheMailboxHolds() throws Exception {
        try (WireClient client = login()) {
            client.command("a SELECT INBOX");
            for (String command : List.of(
                    "UID FETCH 1:4294967295 FLAGS",
                    "UID STORE 1:4294967295 +FLAGS (\\Seen)",
                    "UID COPY 1:4294967295 INBOX",
                    "UID MOVE 1:4294967295 INBOX",
                    "UID EXPUNGE 1:4294967295",
                    "UID FETCH 5:* FLAGS")) {
                assertThat(client.command("b " + command)).last().asString().startsWith("b OK");
            }
            append(client, MESSAGE);
            client.command("c NOOP");
            assertThat(client.command("d UID FETCH 1:4294967295 FLAGS")).hasSize(2);
            assertThat(client.command("e UID FETCH 2:4294967295 FLAGS")).hasSize(1);
            assertThat(client.command("f UID FETCH 2:* FLAGS")).hasSize(2);
            assertThat(client.command("g UID STORE 1:4294967295 +FLAGS (\\Deleted)"))
                    .last()
                    .asString()
                    .startsWith("g OK");
            assertThat(client.command("h UID COPY 1:4294967295 INBOX"))
                    .last()
                    .asString()
                    .contains("[COPYUID ", " 1 2]");
            assertThat(client.command("i UID EXPUNGE 1:4294967295")).contains("* 1 EXPUNGE");
        }
    }

    @Test
    void copyUidShouldHaveUidsWhenTheCommandHasNumbers() throws Exception {
        try (WireClient client = login()) {
            append(client, MESSAGE);
            append(client, MESSAGE);
            client.command("a SELECT INBOX");
            client.command("b STORE 1 +FLAGS (\\Deleted)");
            client.command("c EXPUNGE");
            assertThat(client.command("d COPY 1:* INBOX")).last().asString().contains("[COPYUID ", " 2 3]");
            assertThat(client.command("e COPY 9 INBOX").get(0)).startsWith("e BAD");
        }
    }

    @Test
    void qresyncShouldBeEnabledWhileAMailboxIsSelected() throws Exception {
        try (WireClient client = login()) {
            client.command("a SELECT INBOX");
            List<String> lines = client.command("b ENABLE CONDSTORE QRESYNC");
            assertThat(lines).last().asString().startsWith("b OK");
            assertThat(lines).filteredOn(line -> line.contains("HIGHESTMODSEQ")).hasSize(1);
            assertThat(lines).anyMatch(line -> line.startsWith("* ENABLED") && line.contains("QRESYNC"));
            assertThat(client.command("c SELECT INBOX")).anyMatch(line -> line.contains("[CLOSED]"));
        }
    }

    @Test
    void selectShouldTellTheMessagesThatAreThereWhenItIsRepeated() throws Exception {
        try (WireClient client = login();
                WireClient other = login()) {
            for (int i = 0; i < 3; i++) {
                append(other, MESSAGE);
            }
            client.command("a SELECT INBOX");
            other.command("b SELECT INBOX");
            other.command("c STORE 1:2 +FLAGS (\\Deleted)");
            other.command("d EXPUNGE");
            assertThat(client.command("e SELECT INBOX")).contains("* 1 EXISTS");
            assertThat(client.command("f FETCH 1 UID")).first().asString().contains("UID 3");
        }
    }

    @Test
    void messageShouldStayRecentWhenTheSameMailboxIsSelectedAgain() throws Exception {
        try (WireClient client = login();
                WireClient other = login()) {
            append(other, MESSAGE);
            assertThat(client.command("a SELECT INBOX")).contains("* 1 RECENT");
            assertThat(client.command("b SELECT INBOX")).contains("* 1 RECENT");
            assertThat(other.command("c SELECT INBOX")).contains("* 0 RECENT");
            client.command("d CLOSE");
            assertThat(client.command("e SELECT INBOX")).contains("* 0 RECENT");
        }
    }

    /** Flags are read with the message: what is read late has those that are set late. */
    @Test
    void fetchShouldReadNoMoreThanItsClientTakes() throws Exception {
        String large = "Subject: large\r\n\r\n" + "0123456789abcdef".repeat(40_000) + "\r\n";
        try (WireClient client = withSmallBuffer();
                WireClient other = login()) {
            for (int i = 0; i < 40; i++) {
                append(other, large);
            }
            client.command("a LOGIN " + ALICE + " \"" + PASSWORD + "\"");
            client.command("a SELECT INBOX");
            other.command("b SELECT INBOX");
            client.send("c FETCH 1:* (FLAGS BODY.PEEK[])\r\n");
            assertThat(client.line()).startsWith("* 1 FETCH");
            other.command("d FETCH 1:* BODY.PEEK[HEADER]");
            assertThat(other.command("e STORE 40 +FLAGS (\\Flagged)").get(0)).contains("\\Flagged");

            assertThat(client.untilTagged("c"))
                    .filteredOn(line -> line.startsWith("* 40 FETCH"))
                    .first()
                    .asString()
                    .contains("\\Flagged");
        }
    }

    /** A message is seen once it has been read. */
    @Test
    void fetchShouldEndWhenItsClientIsGone() throws Exception {
        String large = "Subject: large\r\n\r\n" + "0123456789abcdef".repeat(40_000) + "\r\n";
        try (WireClient other = login()) {
            for (int i = 0; i < 40; i++) {
                append(other, large);
            }
            try (WireClient client = withSmallBuffer()) {
                client.command("a LOGIN " + ALICE + " \"" + PASSWORD + "\"");
                client.command("a SELECT INBOX");
                client.send("c FETCH 1:* (BODY[])\r\n");
                assertThat(client.line()).startsWith("* 1 FETCH");
            }
            awaitNoListener();
            other.command("d SELECT INBOX");
            assertThat(other.command("e FETCH 40 FLAGS").get(0)).doesNotContain("\\Seen");
        }
    }

    private WireClient withSmallBuffer() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(65536);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), listener.server().getPort()));
        return new WireClient(socket);
    }

    @Test
    void commandsOfOthersShouldGoOnWhenManyClientsDoNotRead() throws Exception {
        String large = "Subject: large\r\n\r\n" + "0123456789abcdef".repeat(40_000) + "\r\n";
        List<WireClient> silent = new ArrayList<>();
        try (WireClient client = login()) {
            for (int i = 0; i < 20; i++) {
                append(client, large);
            }
            for (int i = 0; i < 20; i++) {
                WireClient one = login();
                silent.add(one);
                one.command("a SELECT INBOX");
                one.send("b FETCH 1:* BODY.PEEK[]\r\n");
            }
            assertThat(client.command("c NOOP").get(0)).startsWith("c OK");
            client.command("d SELECT INBOX");
            assertThat(client.command("e FETCH 1:* FLAGS")).hasSize(21);
        } finally {
            for (WireClient one : silent) {
                one.close();
            }
        }
        awaitNoListener();
    }
}
