package org.jameschatmail.integration.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.wire.TrustAll;

/** WebAdmin of a server, with the operator's token. */
public record WebAdmin(ChatmailServer server) {
    /** Sends a request without a body. */
    public HttpResponse<String> send(String method, String path) {
        return send(method, path, "");
    }

    public HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.ports().webAdmin() + path))
                .header("Authorization", "Bearer " + server.adminToken())
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return TrustAll.httpClient().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
