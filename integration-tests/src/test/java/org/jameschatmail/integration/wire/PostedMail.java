package org.jameschatmail.integration.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message on its way to {@code POST /mxdeliv}, as other servers bring it. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * HttpResponse<String> response = PostedMail.from("a@peer.example").to(recipient.address()).post(port, mail.text());
 * }</pre>
 *
 * @param headers names and values by turns
 */
public record PostedMail(List<String> headers) {
    public PostedMail {
        headers = List.copyOf(headers);
    }

    public static PostedMail from(String sender) {
        return fromNobody().with("X-MAIL-FROM", sender);
    }

    /** With the null sender. */
    public static PostedMail fromNobody() {
        return new PostedMail(List.of());
    }

    public PostedMail to(String recipient) {
        return with("X-MAIL-TO", recipient);
    }

    public PostedMail with(String header, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        more.add(value);
        return new PostedMail(more);
    }

    /** Posts with a declared length. */
    public HttpResponse<String> post(int port, String body) {
        return send(port, "POST", BodyPublishers.ofByteArray(octets(body)));
    }

    /** Posts in chunks, without a declared length. */
    public HttpResponse<String> postInChunks(int port, String body) {
        return send(port, "POST", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(octets(body))));
    }

    /** Sends with another method, without a body. */
    public HttpResponse<String> send(int port, String method) {
        return send(port, method, BodyPublishers.noBody());
    }

    /** Says that the body is longer by one octet than what it sends before it closes the connection. */
    public void breakOff(int port, String body) {
        StringBuilder head = new StringBuilder("POST /mxdeliv HTTP/1.1\r\nHost: chat.localhost\r\n");
        for (int i = 0; i < headers.size(); i += 2) {
            head.append(headers.get(i)).append(": ").append(headers.get(i + 1)).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length() + 1).append("\r\n\r\n");
        try (LineConnection connection = LineConnection.tls(port)) {
            connection.write(head + body);
        }
    }

    private HttpResponse<String> send(int port, String method, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/mxdeliv"))
                .method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return TrustAll.httpClient().send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] octets(String body) {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }
}
