package org.jameschatmail.integration.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.wire.EncryptedMail;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.jameschatmail.integration.wire.TrustAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The distribution keeps the contract with its operator. */
class DistributionIT {
    private static final String DOMAIN = "chat.localhost";
    private static final String PASSWORD = "a long enough password";
    private static final Duration REFUSAL_DEADLINE = Duration.ofMinutes(1);

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ServerSettings.forDomain(DOMAIN));

    private static ChatmailServer server() {
        return SERVER.server();
    }

    @Test
    void serverShouldBeTheProcessThatWasStartedWhenItIsReady() {
        assertThat(ProcessHandle.of(server().pid())
                        .flatMap(process -> process.info().command()))
                .hasValueSatisfying(command -> assertThat(command).endsWith("java"));
    }

    @Test
    void adminTokenShouldBeForTheOwnerAloneWhenTheServerMadeIt() throws IOException {
        assertThat(server().adminToken()).hasSizeGreaterThan(20);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(server().dataDirectory().resolve("admin-token"))))
                .isEqualTo("rw-------");
    }

    static Stream<IntFunction<SmtpDialogue>> smtpListeners() {
        ServerPorts at = new ServerPorts(0);
        return Stream.of(
                offset -> SmtpDialogue.plain(offset + at.smtp()),
                offset -> SmtpDialogue.plain(offset + at.submission()),
                offset -> SmtpDialogue.tls(offset + at.submissions()),
                offset -> SmtpDialogue.tls(offset + at.https(), "smtp"));
    }

    @ParameterizedTest
    @MethodSource("smtpListeners")
    void smtpShouldGreetWhenTheServerIsReady(IntFunction<SmtpDialogue> connect) {
        try (SmtpDialogue smtp = connect.apply(server().ports().offset())) {
            smtp.play("S: 220");
        }
    }

    static Stream<IntFunction<ImapDialogue>> imapListeners() {
        ServerPorts at = new ServerPorts(0);
        return Stream.of(
                offset -> ImapDialogue.plain(offset + at.imap()),
                offset -> ImapDialogue.tls(offset + at.imaps()),
                offset -> ImapDialogue.tls(offset + at.https(), "imap"));
    }

    @ParameterizedTest
    @MethodSource("imapListeners")
    void imapShouldGreetWhenTheServerIsReady(IntFunction<ImapDialogue> connect) {
        try (ImapDialogue imap = connect.apply(server().ports().offset())) {
            imap.play("S: * OK");
        }
    }

    @Test
    void httpsPortShouldTakeSubmissionAndNothingElseWhenAlpnSaysSmtp() {
        try (SmtpDialogue smtp = SmtpDialogue.tls(server().ports().https(), "smtp");
                SmtpDialogue submissions = SmtpDialogue.tls(server().ports().submissions())) {
            String hello = """
                    S: 220
                    C: EHLO client.example
                    S? 250 .*
                    """;
            assertThat(smtp.play(hello).transcript())
                    .isEqualTo(submissions.play(hello).transcript())
                    .anyMatch(line -> line.contains("AUTH") && line.contains("PLAIN"))
                    .noneMatch(line -> line.contains("STARTTLS"));
            smtp.play("""
                    C: MAIL FROM:<someone@example.com>
                    S: 5
                    """);
        }
    }

    @Test
    void httpsPortShouldTakeAPasswordAtOnceWhenAlpnSaysImap() {
        try (ImapDialogue imap = ImapDialogue.tls(server().ports().https(), "imap");
                ImapDialogue imaps = ImapDialogue.tls(server().ports().imaps())) {
            String capability = """
                    S: * OK
                    C: c CAPABILITY
                    S* c OK
                    """;
            assertThat(imap.play(capability).transcript())
                    .isEqualTo(imaps.play(capability).transcript())
                    .noneMatch(line -> line.contains("LOGINDISABLED") || line.contains("STARTTLS"));
            imap.login("alpnalpn1@" + DOMAIN, PASSWORD);
        }
    }

    @Test
    void webShouldAnswerWhenTheServerIsReady() throws Exception {
        URI uri = URI.create("https://127.0.0.1:" + server().ports().https() + "/");
        HttpResponse<String> response =
                TrustAll.httpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(DOMAIN);
    }

    @Test
    void secondServerShouldBeRefusedWhenTheDataDirectoryIsInUse() {
        List<String> arguments = new ArrayList<>(server().runArguments());
        int offset = arguments.indexOf("--port-offset") + 1;
        arguments.set(offset, String.valueOf(ServerPorts.free().offset()));

        CommandResult second = command(arguments);

        assertThat(second.exitStatus()).isNotZero();
        assertThat(String.join("\n", second.output()))
                .contains(server().dataDirectory().toString())
                .doesNotContain("READY ");
    }

    @Test
    void startShouldListAllFaultsWhenKeysAreWrong(@TempDir Path folder) {
        CommandResult refused = command(List.of(
                "run",
                "--data",
                folder.resolve("data").toString(),
                "--domain",
                DOMAIN,
                "--set",
                "no.such.key=1",
                "--set",
                "send.rate.burst=many"));

        assertThat(refused.exitStatus()).isEqualTo(2);
        assertThat(String.join("\n", refused.output())).contains("no.such.key").contains("send.rate.burst");
    }

    private static CommandResult command(List<String> arguments) {
        return server().distribution().command(REFUSAL_DEADLINE, Map.of(), arguments.toArray(String[]::new));
    }

    @Test
    void acceptedMailShouldBeThereWhenTheServerEndsAsAsked() {
        assertKept("stopuser1@" + DOMAIN, server()::stop);
    }

    @Test
    void acceptedMailShouldBeThereWhenTheServerIsKilled() {
        assertKept("killuser1@" + DOMAIN, server()::kill);
    }

    private static void assertKept(String address, Runnable end) {
        EncryptedMail mail = EncryptedMail.from(address);
        try (SmtpDialogue smtp = SmtpDialogue.startTls(server().ports().submission())) {
            smtp.authenticate(address, PASSWORD)
                    .with("address", address)
                    .with("mail", mail.text())
                    .play("""
                            C: MAIL FROM:<${address}>
                            C: RCPT TO:<${address}>
                            C: DATA
                            S: 250
                            S: 250
                            S: 354
                            C: ${mail}
                            C: .
                            S: 250
                            """);
        }

        end.run();
        server().restart();

        try (ImapDialogue imap = ImapDialogue.startTls(server().ports().imap())) {
            imap.login(address, PASSWORD)
                    .with("messageId", "Message-ID: <" + mail.messageId() + ">")
                    .play("""
                            C: a1 SELECT "INBOX"
                            S* a1 OK
                            C: a2 UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])
                            S* ${messageId}
                            S* a2 OK
                            """);
        }
    }
}
