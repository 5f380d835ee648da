package org.jameschatmail.integration.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jameschatmail.integration.account.MailAccount;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.TrustAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebAdmin is for the operator alone. */
class WebAdminIT {
    /** A second address of the loopback network, which stands for one that the world can reach. Linux has it. */
    private static final String OTHER_ADDRESS = "127.0.0.2";

    private static final int CONNECT_MILLISECONDS = 10_000;

    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(
            ServerSettings.forDomain("chat.localhost").set("bind.address", "127.0.0.1, " + OTHER_ADDRESS));

    private static ChatmailServer server() {
        return SERVER.server();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server().ports().webAdmin() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return TrustAll.httpClient().send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/domains", "/users", "/mailQueues", "/mailRepositories", "/tasks", "/metrics"})
    void requestShouldBeRefusedWhenItHasNoToken(String path) throws Exception {
        HttpResponse<String> response = send(request(path));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        assertThat(response.body()).doesNotContain("chat.localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic ${token}", "${token}", "Bearer ${token}x"})
    void requestShouldBeRefusedWhenItsTokenIsWrong(String authorization) throws Exception {
        String header = authorization.replace("${token}", server().adminToken());

        assertThat(send(request("/domains").header("Authorization", header)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void accountShouldStayWhenItsRemovalHasNoToken() throws Exception {
        MailAccount account = MailAccount.create(server());

        assertThat(send(request("/users/" + account.address()).DELETE()).statusCode())
                .isEqualTo(401);
        assertThat(send(request("/users").header("Authorization", "Bearer " + server().adminToken()))
                        .body())
                .contains(account.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
    void requestShouldBeAnsweredWhenItsTokenIsRight(String scheme) throws Exception {
        String header = scheme + " " + server().adminToken();
        MailAccount account = MailAccount.create(server());

        HttpResponse<String> domains = send(request("/domains").header("Authorization", header));
        HttpResponse<String> users = send(request("/users").header("Authorization", header));

        assertThat(domains.statusCode()).isEqualTo(200);
        assertThat(domains.body()).contains("chat.localhost");
        assertThat(users.statusCode()).isEqualTo(200);
        assertThat(users.body()).contains(account.address());
    }

    @Test
    void healthShouldBeToldWhenThereIsNoToken() throws Exception {
        HttpResponse<String> health = send(request("/healthcheck"));

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"healthy\"");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void webAdminShouldListenOnLoopbackAloneWhenMailListensElsewhereToo() throws IOException {
        try (Socket mail = new Socket()) {
            mail.connect(new InetSocketAddress(OTHER_ADDRESS, server().ports().submission()), CONNECT_MILLISECONDS);
        }
        try (Socket webAdmin = new Socket()) {
            InetSocketAddress endpoint =
                    new InetSocketAddress(OTHER_ADDRESS, server().ports().webAdmin());
            assertThatThrownBy(() -> webAdmin.connect(endpoint, CONNECT_MILLISECONDS))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
