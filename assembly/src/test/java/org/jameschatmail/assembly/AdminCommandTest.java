package org.jameschatmail.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jameschatmail.core.commandline.Command;
import org.jameschatmail.core.commandline.CommandLine;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ConfigurationLoader;
import org.jameschatmail.core.configuration.ConfigurationResult;
import org.jameschatmail.core.configuration.ConfigurationSources;
import org.jameschatmail.core.configuration.Flavor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a person runs it, against a server that answers what WebAdmin does. */
class AdminCommandTest {
    private static final int WEBADMIN = 8000;
    private static final String TOKEN = "a token of sixteen characters";

    @TempDir
    Path data;

    private final Map<String, Reply> replies = new LinkedHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    private record Reply(int status, String body) {}

    private record Outcome(int status, String out, String err) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(data.resolve("admin-token"), TOKEN + "\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add((request + " " + body).strip());
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Reply reply = known
                ? replies.getOrDefault(
                        request, new Reply(404, "{\"statusCode\":404,\"message\":\"There is no such thing\"}"))
                : new Reply(401, "{}");
        byte[] content = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    @Test
    void accountsShouldBeATable() throws Exception {
        replies.put("GET /chatmail/accounts?limit=2&search=a%2Bb", new Reply(200, """
                {"accounts":[
                {"address":"ac1_xxxxx@chat.example","lastLogin":"2026-11-20","usedBytes":1536,"messages":1234,
                "quotaBytes":524288000,"banned":true,"cleartext":false},
                {"address":"b@chat.example","lastLogin":null,"usedBytes":0,"messages":7,"quotaBytes":1,"banned":false,
                "cleartext":true}],"next":"b@chat.example"}"""));

        Outcome outcome = run("accounts", "--search", "a+b", "--limit", "2");

        assertThat(requests).containsExactly("GET /chatmail/accounts?limit=2&search=a%2Bb");
        assertThat(outcome).isEqualTo(new Outcome(0, """
                Address                 Last login    Used  Messages
                ac1_xxxxx@chat.example  2026-11-20  1.5 kB     1,234  banned
                b@chat.example          never          0 B         7  takes cleartext

                There may be more: add --all, or --after b@chat.example
                """, ""));
    }

    @Test
    void accountsShouldAllBeFetchedWhenAllAreWanted() throws Exception {
        replies.put("GET /chatmail/accounts?limit=1000", new Reply(200, """
                {"accounts":[{"address":"a@chat.example"}],"next":"a@chat.example"}"""));
        replies.put("GET /chatmail/accounts?limit=1000&after=a%40chat.example", new Reply(200, """
                {"accounts":[{"address":"b@chat.example"}],"next":null}"""));

        assertThat(run("accounts", "list", "--all", "--json").out()).isEqualToIgnoringWhitespace("""
                {"accounts":[{"address":"a@chat.example"},{"address":"b@chat.example"}],"next":null}""");
    }

    @Test
    void accountShouldBeCreatedBannedAndDeleted() throws Exception {
        replies.put("POST /chatmail/accounts", new Reply(201, """
                {"address":"new@chat.example","password":"hush","dcloginUrl":"dclogin:new@chat.example?p=hush&v=1"}"""));
        replies.put("PUT /chatmail/accounts/a%2Fb%40chat.example/ban", new Reply(204, ""));
        replies.put("DELETE /chatmail/accounts/a%2Fb%40chat.example", new Reply(204, ""));

        assertThat(run("accounts", "create").out())
                .contains("Address   new@chat.example", "Password  hush", "▀", "dclogin:new@chat.example?p=hush&v=1");
        assertThat(run("accounts", "ban", "a/b@chat.example").status()).isZero();
        assertThat(run("accounts", "delete", "a/b@chat.example", "--yes").status())
                .isZero();
        assertThat(requests)
                .containsExactly(
                        "POST /chatmail/accounts {}",
                        "PUT /chatmail/accounts/a%2Fb%40chat.example/ban",
                        "DELETE /chatmail/accounts/a%2Fb%40chat.example");
    }

    @Test
    void invitationShouldBeShownAsACode() throws Exception {
        replies.put("POST /chatmail/tokens", new Reply(201, """
                {"id":"abc","label":"x","uses":30,"used":0,"expires":"2026-12-07T00:00:00Z","link":"https://chat.example/i/T"}"""));

        assertThat(run("tokens", "create", "--label", "summer \"school\"", "--uses", "30", "--days", "14")
                        .out())
                .startsWith("Invitation abc for 30 accounts, expires 2026-12-07T00:00:00Z")
                .contains("▀")
                .endsWith("https://chat.example/i/T\n");
        assertThat(requests)
                .containsExactly("POST /chatmail/tokens {\"label\":\"summer \\\"school\\\"\",\"uses\":30,\"days\":14}");
    }

    @Test
    void tableShouldNotSteerTheTerminal() throws Exception {
        replies.put("GET /chatmail/tokens", new Reply(200, """
                {"tokens":[{"id":"abc","label":"\\u001b[2J","uses":1,"used":0,"expires":null,"link":"l"}]}"""));

        assertThat(run("tokens").out()).contains("?[2J").doesNotContain("\u001b");
    }

    @Test
    void registrationShouldBeSwitched() throws Exception {
        replies.put("PUT /chatmail/registration", new Reply(200, "{}"));
        replies.put("GET /chatmail/registration", new Reply(200, """
                {"mode":"token","perNetwork":300,"guardLoad":5.0,"guardMemory":0,"guardDisk":1073741824,"switched":["mode"]}"""));

        assertThat(run("registration", "token").out()).isEqualTo("""
                Registration is token: whoever has an invitation can make an account (chatmail tokens).
                A network may make 300 an hour.
                New accounts wait while the load is above 5.0, memory below (off), free disk below 1.0 GB.
                Switched, and kept over restarts: mode. chatmail registration reset takes that back.
                """);
        assertThat(requests.get(0)).isEqualTo("PUT /chatmail/registration {\"mode\":\"token\"}");
    }

    @Test
    void expiryShouldBeWaitedFor() throws Exception {
        replies.put("POST /chatmail/expiry?dryRun=true", new Reply(201, "{\"taskId\":\"t\"}"));
        replies.put("GET /tasks/t/await?timeout=10s", new Reply(200, """
                {"status":"completed","additionalInformation":{"dryRun":true,"messages":1,"bytes":2048,"accounts":3}}"""));

        assertThat(run("expire", "--dry-run"))
                .isEqualTo(new Outcome(0, "Would go: 1 message (2.0 kB), 3 accounts.\n", ""));

        replies.put("GET /tasks/t/await?timeout=10s", new Reply(408, ""));
        replies.put("GET /tasks/t", new Reply(200, "{\"status\":\"failed\"}"));
        assertThat(run("expire", "--dry-run").status()).isEqualTo(1);
    }

    @Test
    void refusalShouldBeTold() throws Exception {
        assertThat(run("accounts", "show", "nobody@chat.example"))
                .isEqualTo(new Outcome(1, "", "There is no such thing"));

        Files.writeString(data.resolve("admin-token"), "the token of another");
        assertThat(run("status")).satisfies(outcome -> {
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.err()).contains("doesn't take the token");
        });
        Files.delete(data.resolve("admin-token"));
        assertThat(run("status").err()).contains("No server was ever started");
    }

    @Test
    void absentServerShouldBeTold() throws Exception {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThat(run("status"))
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "The server isn't running on %s, or not with WebAdmin at port %d: start it, or give the options that it was started with"
                                .formatted(data, port)));
    }

    @Test
    void programShouldNotLoadJames() throws Exception {
        replies.put("GET /chatmail/status", new Reply(200, """
                {"version":"0.1.0","domain":"chat.example","startedAt":"2026-11-23T00:00:00Z","accounts":1}"""));

        Outcome outcome = launch("status");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).startsWith("James Chatmail 0.1.0 for chat.example, since 2026-11-23T00:00:00Z");
        assertThat(Files.readString(data.resolve("classes")))
                .contains("org.jameschatmail.assembly.AdminCommand")
                .doesNotContain("org.apache.james", "com.google.inject");
    }

    @Test
    void programShouldEndWithOneWhenTheServerRefuses() throws Exception {
        Outcome outcome = launch("tokens", "delete", "unknown");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("chatmail: There is no such thing\n");
    }

    private Outcome run(String... arguments) {
        List<String> words = Stream.concat(Stream.of(arguments), options()).toList();
        CommandLine line = CommandLine.parse(words);
        Command.Administer command = (Command.Administer) line.command();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            RestClient client = RestClient.of(configuration(command), data);
            new AdminCommand(command, client, false).run(new PrintStream(out, true, StandardCharsets.UTF_8));
            return new Outcome(0, out.toString(StandardCharsets.UTF_8), "");
        } catch (IOException e) {
            return new Outcome(1, out.toString(StandardCharsets.UTF_8), e.getMessage());
        }
    }

    private ChatmailConfiguration configuration(Command.Administer command) {
        ConfigurationResult result = ConfigurationLoader.load(new ConfigurationSources(
                Flavor.CHECKOUT,
                data.resolve("none"),
                false,
                Map.of(),
                command.options().settings()));
        return ((ConfigurationResult.Loaded) result).configuration();
    }

    private Stream<String> options() {
        int offset = server.getAddress().getPort() - WEBADMIN;
        return Stream.of("--data", data.toString(), "--port-offset", Integer.toString(offset));
    }

    /** As a process of its own, which tells each class that it loads. */
    private Outcome launch(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + data.resolve("classes"),
                "-Dchatmail.checkout=" + data,
                "-cp",
                System.getProperty("java.class.path"),
                "org.jameschatmail.assembly.Main"));
        Stream.concat(Stream.of(arguments), options()).forEach(command::add);
        Path out = Files.createTempFile(data, "out", "");
        Path err = Files.createTempFile(data, "err", "");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
