package org.jameschatmail.integration.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.Distribution.CommandResult;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;
import org.jameschatmail.integration.wire.TrustAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an administrator does by command, and what comes of it for those who have or want an account. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdminCommandsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost"));

    private static ChatmailServer server() {
        return SERVER.server();
    }

    private static CommandResult run(String... arguments) {
        List<String> options =
                server().runArguments().subList(1, server().runArguments().size());
        return server().distribution()
                .command(
                        PATIENCE,
                        Map.of(),
                        Stream.concat(Stream.of(arguments), options.stream()).toArray(String[]::new));
    }

    private static JsonNode json(String... arguments) throws Exception {
        CommandResult result =
                run(Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new));
        assertThat(result.exitStatus()).as("%s", result.output()).isZero();
        return JSON.readTree(String.join("\n", result.output()));
    }

    private static String login(String address, String password) {
        return LoginReplies.imap(server().ports(), address, password);
    }

    private static HttpResponse<String> post(String link) throws Exception {
        URI asked = URI.create(link);
        URI here = URI.create(
                "https://127.0.0.1:%d/new?%s".formatted(server().ports().https(), asked.getRawQuery()));
        return TrustAll.httpClient()
                .send(HttpRequest.newBuilder(here).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    @Test
    @Order(1)
    void accountShouldBeMadeBannedAndDeleted() throws Exception {
        JsonNode made = json("accounts", "create");
        String address = made.path("address").asText();
        String password = made.path("password").asText();
        assertThat(login(address, password)).startsWith("a1 OK");

        MailAccount account = new MailAccount(server(), address, password);
        ImapDialogue imap = account.imap();
        SmtpDialogue smtp = account.submission();
        assertThat(run("accounts", "ban", address).exitStatus()).isZero();
        imap.play("EOF");
        smtp.play("EOF");
        assertThat(login(address, password)).isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(LoginReplies.smtp(server().ports(), address, password)).isEqualTo(LoginReplies.SMTP_REFUSAL);
        assertThat(run("accounts", "--search", address).output())
                .anySatisfy(line -> assertThat(line).startsWith(address).endsWith("banned"));

        assertThat(run("accounts", "unban", address).exitStatus()).isZero();
        assertThat(login(address, password)).startsWith("a1 OK");
        String other = json("accounts", "password", address).path("password").asText();
        assertThat(login(address, password)).isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(login(address, other)).startsWith("a1 OK");

        assertThat(run("accounts", "delete", address, "--yes").exitStatus()).isZero();
        assertThat(run("accounts", "show", address))
                .isEqualTo(new CommandResult(1, List.of("chatmail: There is no such account")));
    }

    @Test
    @Order(2)
    void invitationShouldBeGoodForItsUses() throws Exception {
        assertThat(run("registration", "token").output().get(0)).startsWith("Registration is token");
        JsonNode invitation = json("tokens", "create", "--uses", "1", "--days", "1", "--label", "a friend");
        MailAccount stranger = MailAccount.unused(server());
        assertThat(login(stranger.address(), stranger.password())).isEqualTo(LoginReplies.IMAP_REFUSAL);

        String token = invitation.path("link").asText().replaceAll(".*/", "");
        HttpResponse<String> offer = post("https://chat.localhost/new?token=" + token);
        assertThat(offer.statusCode()).as(offer.body()).isEqualTo(200);
        JsonNode credentials = JSON.readTree(offer.body());
        assertThat(login(
                        credentials.path("email").asText(),
                        credentials.path("password").asText()))
                .startsWith("a1 OK");
        assertThat(post("https://chat.localhost/new?token=" + token).statusCode())
                .isEqualTo(403);
        assertThat(json("tokens").path("tokens").path(0).path("used").asInt()).isEqualTo(1);

        assertThat(run("tokens", "delete", invitation.path("id").asText()).exitStatus())
                .isZero();
        assertThat(json("tokens").path("tokens")).isEmpty();
        assertThat(run("registration", "open").exitStatus()).isZero();
    }

    @Test
    @Order(3)
    void programShouldDoWhatItsTokenPermits() throws Exception {
        JsonNode reader = make("read");
        JsonNode writer = make("write");

        assertThat(ask("GET", "/chatmail/status", reader)).isEqualTo(200);
        assertThat(ask("GET", "/metrics", reader)).isEqualTo(200);
        assertThat(ask("GET", "/users", reader)).isEqualTo(200);
        assertThat(ask("PUT", "/users/ac1_other@chat.localhost", reader)).isEqualTo(403);
        assertThat(ask("POST", "/chatmail/expiry", reader)).isEqualTo(403);
        assertThat(ask("POST", "/chatmail/expiry?dryRun=true", writer)).isEqualTo(201);
        assertThat(ask("GET", "/chatmail/admin-tokens", writer)).isEqualTo(403);
        assertThat(ask("GET", "//chatmail//admin-tokens", writer)).isNotEqualTo(200);
        assertThat(ask("POST", "/chatmail/admin-tokens", writer)).isEqualTo(403);

        WebAdmin owner = new WebAdmin(server());
        assertThat(owner.send("GET", "/chatmail/admin-tokens").body())
                .contains(reader.path("id").asText())
                .doesNotContain(reader.path("token").asText());
        assertThat(owner.send(
                                "DELETE",
                                "/chatmail/admin-tokens/" + reader.path("id").asText())
                        .statusCode())
                .isEqualTo(204);
        assertThat(ask("GET", "/chatmail/status", reader)).isEqualTo(401);
    }

    @Test
    @Order(4)
    void routesShouldAnswerAsDescribed() throws Exception {
        String token = server().adminToken();
        String reader = make("read").path("token").asText();
        JsonNode paths = JSON.readTree(new WebAdmin(server())
                        .send("GET", "/chatmail/openapi.json")
                        .body())
                .path("paths");
        assertThat(paths).hasSizeGreaterThan(20);
        for (Iterator<String> names = paths.fieldNames(); names.hasNext(); ) {
            String path = names.next();
            for (Iterator<String> methods = paths.path(path).fieldNames(); methods.hasNext(); ) {
                String method = methods.next();
                Operation operation = new Operation(
                        method.toUpperCase(Locale.ROOT), path, paths.path(path).path(method));
                assertThat(operation.status("", "")).as("%s", operation).isEqualTo(401);
                assertThat(operation.status(token + "x", ""))
                        .as("%s", operation)
                        .isEqualTo(401);
                if (!method.equals("get")) {
                    assertThat(operation.status(reader, "")).as("%s", operation).isEqualTo(403);
                }
                assertThat(operation.documented()).as("%s", operation).contains(operation.status(token, ""));
                if (operation.node().has("requestBody")) {
                    for (String rubbish :
                            List.of("{", "[]", "1", "{\"foreign\":1}", "{\"mode\":[],\"scope\":3,\"uses\":\"\"}")) {
                        assertThat(operation.status(token, rubbish))
                                .as("%s %s", operation, rubbish)
                                .isEqualTo(400);
                    }
                }
            }
        }
        assertThat(new WebAdmin(server())
                        .send("GET", "/chatmail/accounts?limit=0")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @Order(5)
    void whatWasSwitchedShouldBeKeptOverARestart() throws Exception {
        MailAccount banned = MailAccount.create(server());
        assertThat(run("accounts", "ban", banned.address()).exitStatus()).isZero();
        String invitation = json("tokens", "create").path("id").asText();
        assertThat(run("registration", "limit").exitStatus()).isEqualTo(2);
        assertThat(run("registration", "limit", "--guard-disk", "much").exitStatus())
                .isEqualTo(1);
        json("registration", "limit", "--per-network", "0", "--guard-disk", "1000TB");
        json("registration", "token");

        server().kill();
        server().restart();

        JsonNode kept = json("registration");
        assertThat(kept.path("mode").asText()).isEqualTo("token");
        assertThat(kept.path("guardDisk").asLong()).isEqualTo(1000L << 40);
        assertThat(kept.path("switched")).hasSize(3);
        assertThat(json("tokens").path("tokens").path(0).path("id").asText()).isEqualTo(invitation);
        assertThat(login(banned.address(), banned.password())).isEqualTo(LoginReplies.IMAP_REFUSAL);

        json("registration", "open");
        MailAccount stranger = MailAccount.unused(server());
        assertThat(login(stranger.address(), stranger.password()))
                .as("the disk is short")
                .isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(json("registration", "reset").path("switched")).isEmpty();
        assertThat(login(stranger.address(), stranger.password())).startsWith("a1 OK");
    }

    /** An operation of the description, asked for what isn't there. */
    private record Operation(String method, String path, JsonNode node) {
        int status(String token, String body) throws Exception {
            String asked = path.replace("{address}", "nobody99@chat.localhost")
                    .replace("{domain}", "peer.example")
                    .replace("{id}", "unknown");
            return send(HttpRequest.newBuilder(webAdmin(asked)).method(method, BodyPublishers.ofString(body)), token)
                    .statusCode();
        }

        List<Integer> documented() {
            List<Integer> statuses = new ArrayList<>();
            node.path("responses").fieldNames().forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
            return statuses;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static JsonNode make(String scope) throws Exception {
        HttpResponse<String> made = send(
                HttpRequest.newBuilder(webAdmin("/chatmail/admin-tokens"))
                        .POST(BodyPublishers.ofString("{\"label\":\"of a test\",\"scope\":\"" + scope + "\"}")),
                server().adminToken());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JSON.readTree(made.body());
    }

    private static int ask(String method, String path, JsonNode token) throws Exception {
        return send(
                        HttpRequest.newBuilder(webAdmin(path)).method(method, BodyPublishers.noBody()),
                        token.path("token").asText())
                .statusCode();
    }

    private static URI webAdmin(String path) {
        return URI.create("http://127.0.0.1:" + server().ports().webAdmin() + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String token) throws Exception {
        return TrustAll.httpClient()
                .send(request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    }

    @Test
    @Order(5)
    void stateShouldBeTold() throws Exception {
        JsonNode status = json("status");
        assertThat(status.path("version").asText()).isNotEmpty();
        assertThat(status.path("domain").asText()).isEqualTo("chat.localhost");
        assertThat(status.path("registration").asText()).isEqualTo("open");
        assertThat(run("queue").output()).containsExactly("No mail waits for other servers.");
        assertThat(run("expire", "--dry-run").output())
                .singleElement()
                .asString()
                .startsWith("Would go: 0 messages");
    }

    @Test
    @Order(6)
    void absenceOfTheServerShouldBeTold() {
        server().stop();

        CommandResult result = run("status");

        assertThat(result.exitStatus()).isEqualTo(1);
        assertThat(result.output()).singleElement().asString().startsWith("chatmail: The server isn't running on");
    }
}
