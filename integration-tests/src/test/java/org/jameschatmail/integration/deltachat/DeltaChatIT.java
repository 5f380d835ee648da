package org.jameschatmail.integration.deltachat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.TrustAll;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three people with the released Delta Chat core on a device each, and one server. */
class DeltaChatIT {
    private static final String DOMAIN = "chat.localhost";
    private static final int FIVE_MEGABYTES = 5 * 1024 * 1024;

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain(DOMAIN));

    private static Device alice;
    private static Device bob;
    private static Device carol;

    private record Device(DeltaChatCore core, DeltaChatAccount account) implements AutoCloseable {
        static Device onboarded(String link) {
            DeltaChatCore core = DeltaChatCore.start();
            Device device = new Device(core, core.addAccount());
            try {
                device.account.onboard(link);
                return device;
            } catch (RuntimeException e) {
                device.close();
                throw e;
            }
        }

        @Override
        public void close() {
            core.close();
        }
    }

    @BeforeAll
    static void onboard() throws Exception {
        alice = Device.onboarded(LoginLink.invent(DOMAIN).overTls(SERVER.server()));
        bob = Device.onboarded(LoginLink.invent(DOMAIN).overStartTls(SERVER.server()));
        carol = Device.onboarded(requestAccount().path("dclogin_url").asText());

        bob.account().secureJoin(alice.account());
        carol.account().secureJoin(alice.account());
    }

    @AfterAll
    static void endCores() {
        Stream.of(alice, bob, carol).filter(Objects::nonNull).forEach(Device::close);
    }

    private static JsonNode requestAccount() throws IOException, InterruptedException {
        URI uri = URI.create("https://127.0.0.1:" + SERVER.server().ports().https() + "/new");
        HttpRequest request =
                HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
        HttpResponse<String> response = TrustAll.httpClient().send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void secureJoinShouldVerifyBothSidesWhenTheInvitationIsScanned() {
        assertThat(alice.account()
                        .isVerified(alice.account().contact(bob.account().address())))
                .isTrue();
        assertThat(bob.account()
                        .isVerified(bob.account().contact(alice.account().address())))
                .isTrue();
    }

    @Test
    void messagesShouldArriveEncryptedAndAcknowledgedWhenSentBothWays() {
        assertArrives("from Alice to Bob", alice.account(), bob.account());
        assertArrives("from Bob to Alice", bob.account(), alice.account());
    }

    @Test
    void messagesShouldArriveWhenTheAccountCameFromTheWeb() {
        assertArrives("from Alice to Carol", alice.account(), carol.account());
        assertArrives("from Carol to Alice", carol.account(), alice.account());
    }

    private static void assertArrives(String text, DeltaChatAccount sender, DeltaChatAccount recipient) {
        int sent = sender.send(sender.chatWith(sender.contact(recipient.address())), text);

        assertThat(sender.awaitDelivered(sent).encrypted()).isTrue();
        DeltaChatMessage received = recipient.awaitIncoming(text);
        assertThat(received.encrypted()).isTrue();

        recipient.accept(received.chatId());
        recipient.markSeen(received);
        assertThat(sender.awaitRead(sent).state()).isEqualTo(DeltaChatMessage.OUT_READ);
    }

    @Test
    void accountShouldComeIntoBeingWhenImapAndSmtpShareTheHttpsPort() {
        try (Device dave = Device.onboarded(LoginLink.invent(DOMAIN).overHttpsPort(SERVER.server()))) {
            dave.account().secureJoin(alice.account());

            assertArrives("from Alice to Dave", alice.account(), dave.account());
            assertArrives("from Dave to Alice", dave.account(), alice.account());
        }
    }

    @Test
    void groupShouldReachAllMembersWhenEachOfThemWrites() {
        DeltaChatAccount founder = alice.account();
        int group = founder.createGroup(
                "three of us",
                founder.contact(bob.account().address()),
                founder.contact(carol.account().address()));

        founder.awaitDelivered(founder.send(group, "welcome both"));
        int groupAtBob = acceptGroupOf("welcome both", bob.account());
        int groupAtCarol = acceptGroupOf("welcome both", carol.account());

        bob.account().awaitDelivered(bob.account().send(groupAtBob, "Bob is here"));
        carol.account().awaitDelivered(carol.account().send(groupAtCarol, "Carol is here"));

        assertThat(founder.awaitIncoming("Bob is here").chatId()).isEqualTo(group);
        assertThat(founder.awaitIncoming("Carol is here").chatId()).isEqualTo(group);
        assertThat(carol.account().awaitIncoming("Bob is here").encrypted()).isTrue();
        assertThat(bob.account().awaitIncoming("Carol is here").encrypted()).isTrue();
    }

    private static int acceptGroupOf(String text, DeltaChatAccount member) {
        int chat = member.awaitIncoming(text).chatId();
        member.accept(chat);
        assertThat(member.members(chat)).isEqualTo(3);
        return chat;
    }

    @Test
    void attachmentShouldComeBackUnchangedWhenItHasFiveMegabytes(@TempDir Path folder) throws Exception {
        byte[] content = new byte[FIVE_MEGABYTES];
        new Random(5).nextBytes(content);
        Path file = Files.write(folder.resolve("five-megabytes.bin"), content);

        Path atBob = transfer("there", file, alice.account(), bob.account());
        Path backAtAlice = transfer("and back", atBob, bob.account(), alice.account());

        assertThat(backAtAlice).hasBinaryContent(content);
    }

    private static Path transfer(String text, Path file, DeltaChatAccount sender, DeltaChatAccount recipient) {
        int sent = sender.send(sender.chatWith(sender.contact(recipient.address())), text, file);
        sender.awaitDelivered(sent);
        return recipient.awaitDownloaded(recipient.awaitIncoming(text)).file();
    }

    @Test
    void messagesShouldFlowAgainWhenTheServerWasRestarted() {
        assertArrives("before the restart", alice.account(), bob.account());

        SERVER.server().restart();

        // The cores find out by themselves; each retries after half a minute what it first sent into a dead connection.
        assertArrives("after the restart", alice.account(), bob.account());
        assertArrives("and an answer", bob.account(), alice.account());
    }
}
