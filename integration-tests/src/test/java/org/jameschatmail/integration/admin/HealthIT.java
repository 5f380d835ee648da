package org.jameschatmail.integration.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.TrustAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a server tells those who watch it: whether it is well, and its log. */
class HealthIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(
            ServerSettings.forDomain("chat.localhost").set("log.format", "json"));

    private static ChatmailServer server() {
        return SERVER.server();
    }

    @Test
    void healthShouldBeToldWithoutAToken() throws Exception {
        MailAccount.create(server());
        URI health = URI.create(
                "http://127.0.0.1:%d/health".formatted(server().ports().webAdmin()));

        HttpResponse<String> answer =
                TrustAll.httpClient().send(HttpRequest.newBuilder(health).GET().build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("""
                {"good":true,"checks":{"certificate":true,"database":true,"disk":true,"event-loops":true}}"""));
    }

    @Test
    void logShouldBeLinesOfJson() throws Exception {
        Path log = server().dataDirectory().resolve("logs/chatmail.log");

        List<String> lines = Files.readAllLines(log);

        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            JsonNode entry = JSON.readTree(line);
            assertThat(entry.hasNonNull("level")).as(line).isTrue();
            assertThat(entry.hasNonNull("formattedMessage")).as(line).isTrue();
            assertThat(entry.has("mdc") || entry.has("arguments")).as(line).isFalse();
        }
    }

    @Test
    void levelShouldBeSetWhileTheServerRuns() throws Exception {
        WebAdmin admin = new WebAdmin(server());
        String logger = "org.jameschatmail.guice.expiry";

        assertThat(admin.send("PUT", "/chatmail/log", "{\"logger\":\"%s\",\"level\":\"DEBUG\"}".formatted(logger))
                        .statusCode())
                .isEqualTo(200);
        JsonNode levels =
                JSON.readTree(admin.send("GET", "/chatmail/log").body()).path("levels");
        assertThat(levels.path(logger).asText()).isEqualTo("DEBUG");
        assertThat(levels.path("ROOT").asText()).isEqualTo("INFO");
        assertThat(levels.path("org.apache.james").asText()).isEqualTo("WARN");

        assertThat(admin.send("PUT", "/chatmail/log", "{\"logger\":\"%s\"}".formatted(logger))
                        .statusCode())
                .isEqualTo(200);
        assertThat(admin.send("GET", "/chatmail/log").body()).doesNotContain(logger);
        assertThat(admin.send("PUT", "/chatmail/log", "{\"logger\":\"a b\",\"level\":\"DEBUG\"}")
                        .statusCode())
                .isEqualTo(400);
    }
}
