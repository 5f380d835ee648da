package org.jameschatmail.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.core.moving.AccountMoves.Belongings;
import org.jameschatmail.core.moving.AccountMoves.MessageResult;
import org.jameschatmail.core.moving.MovedMailbox;
import org.jameschatmail.core.moving.MovedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BelongingsReaderTest {
    private static final String INBOX = "{\"mailbox\":\"INBOX\",\"uidValidity\":5,\"uidNext\":43}\n";

    /** What was taken, in its order. */
    private static final class Recorded implements Belongings {
        private final List<Object> taken = new ArrayList<>();

        @Override
        public void open(MovedMailbox mailbox) {
            taken.add(mailbox);
        }

        @Override
        public MessageResult add(MovedMessage message) {
            taken.add(message.name() + " " + message.uid() + " " + message.arrival() + " " + message.flags() + " "
                    + new String(message.content(), StandardCharsets.UTF_8));
            return message.name().equals("old") ? MessageResult.TOO_OLD : MessageResult.STORED;
        }

        @Override
        public boolean addDeviceToken(String token) {
            taken.add(token);
            return !token.isEmpty();
        }

        @Override
        public void close() {
            taken.add("end");
        }
    }

    private final Recorded belongings = new Recorded();

    private ObjectNode read(String text) throws IOException {
        return new BelongingsReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 20)
                .read(() -> belongings);
    }

    @Test
    void belongingsShouldBeTakenAsTheyCome() throws IOException {
        ObjectNode counts = read("{\"deviceToken\":\"t\"}\n{\"deviceToken\":\"\"}\n" + INBOX + """
                {"message":"a","uid":17,"arrival":"2026-04-04T17:44:37Z","flags":["\\\\Seen","$X"],"octets":5}
                {1}\r
                {"message":"old","arrival":"2026-04-04T17:44:37Z","octets":0}
                {"message":"large","arrival":"2026-04-04T17:44:37Z","octets":21}
                123456789012345678901{"mailbox":"Other"}
                """);

        assertThat(belongings.taken)
                .containsExactly(
                        "t",
                        "",
                        new MovedMailbox("INBOX", 5, 43),
                        "a 17 2026-04-04T17:44:37Z [$X, \\Seen] {1}\r\n",
                        "old 0 2026-04-04T17:44:37Z [] ",
                        new MovedMailbox("Other", 0, 1),
                        "end");
        assertThat(counts)
                .hasToString(
                        "{\"stored\":1,\"storedBytes\":5,\"present\":0,\"tooOld\":1,\"tooLarge\":1,\"overQuota\":0,\"deviceTokens\":1}");
    }

    @Test
    void nothingShouldBeTakenWhenThereIsNothing() throws IOException {
        assertThat(read("").path("stored").asInt()).isZero();
        assertThat(belongings.taken).containsExactly("end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "1",
                "{}",
                "{\"foreign\":1}",
                "{\"message\":\"before its mailbox\",\"arrival\":\"2026-04-04T17:44:37Z\",\"octets\":0}",
                "{\"mailbox\":\"INBOX\",\"uidValidity\":-1}",
                "{\"mailbox\":\"INBOX\",\"uidValidity\":4294967296}",
                "{\"mailbox\":\"INBOX\",\"uidNext\":99999999999999999999}",
                "{\"mailbox\":\"INBOX\",\"uidNext\":\"1\"}",
                "{\"mailbox\":\"\"}",
                "{\"mailbox\":\"a/b\"}",
                "{\"mailbox\":\"%\"}",
                INBOX + "{\"message\":\"\",\"arrival\":\"2026-04-04T17:44:37Z\",\"octets\":0}",
                INBOX + "{\"message\":\"a\",\"arrival\":\"2026-04-04T17:44:37Z\",\"flags\":[\"a\\nb\"],\"octets\":0}",
                INBOX + "{\"message\":\"a\",\"arrival\":\"2026-04-04T17:44:37Z\",\"flags\":[\"a b\"],\"octets\":0}",
                INBOX + "{\"message\":\"a\",\"arrival\":\"2026-04-04T17:44:37Z\",\"flags\":[\"\"],\"octets\":0}",
                INBOX + "{\"message\":\"a\",\"arrival\":\"2026-04-04T17:44:37Z\",\"flags\":[\"%\"],\"octets\":0}",
                INBOX
                        + "{\"message\":\"a\",\"arrival\":\"2026-04-04T17:44:37Z\",\"flags\":[\"\\\\\\\\\"],\"octets\":0}",
                INBOX + "{\"message\":\"a\",\"arrival\":\"yesterday\",\"octets\":0}",
                INBOX + "{\"message\":\"a\",\"arrival\":\"2026-04-04T17:44:37Z\",\"octets\":-1}",
                INBOX + "{\"message\":\"a\",\"arrival\":\"2026-04-04T17:44:37Z\",\"octets\":2147483648}",
            })
    void streamShouldBeRefusedWhenALineIsMalformed(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BelongingsReader.MalformedException.class);
        assertThat(belongings.taken).noneMatch(each -> each.toString().startsWith("a "));
    }

    @Test
    void streamShouldBeRefusedWhenALineDoesNotEnd() {
        assertThatThrownBy(() -> read("{\"deviceToken\":\"" + "x".repeat(20_000)))
                .isInstanceOf(BelongingsReader.MalformedException.class);
    }

    @Test
    void messageShouldNotBeTakenWhenItIsCutOff() {
        String cut = INBOX + "{\"message\":\"a\",\"arrival\":\"2026-04-04T17:44:37Z\",\"octets\":5}\n1234";

        assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
        assertThat(belongings.taken).containsExactly(new MovedMailbox("INBOX", 5, 43), "end");
        assertThatThrownBy(() -> read(cut.replace("\"octets\":5", "\"octets\":50")))
                .isInstanceOf(EOFException.class);
    }
}
