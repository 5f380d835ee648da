package org.jameschatmail.assembly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.Service;

/**
 * Calls WebAdmin of the server that runs on a data directory, with its token. By the JDK's old HTTP client, for the new
 * one costs a short command twice its time. Thread-safe.
 */
final class RestClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** Deletions of large accounts take their time; a server that hangs is told from one that works. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

    private static final int CHUNK = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Reply(int status, String body) {}

    private final int port;
    private final String token;
    private final Path data;

    private RestClient(int port, String token, Path data) {
        this.port = port;
        this.token = token;
        this.data = data;
    }

    /** @throws IOException when the token can't be read; its message is for the person who typed the command */
    static RestClient of(ChatmailConfiguration configuration, Path data) throws IOException {
        Path file = data.resolve("admin-token");
        try {
            String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return new RestClient(configuration.listen().port(Service.WEBADMIN), token, data);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "No server was ever started on %s: there is no admin-token. Give the --data it runs with"
                            .formatted(data),
                    e);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "%s may be read by the server's own user alone: run this as that user".formatted(file), e);
        }
    }

    /** A text as one segment of a path. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) throws IOException {
        return call("GET", path, Optional.empty());
    }

    /** The state of a task of James when it has ended, or after ten seconds. */
    JsonNode await(String task) throws IOException {
        Reply reply = send("GET", task + "/await?timeout=10s", Optional.empty());
        return reply.status() == HttpURLConnection.HTTP_CLIENT_TIMEOUT ? get(task) : result(reply);
    }

    /**
     * Calls a route.
     *
     * @return the answer, a missing node where it is empty
     * @throws IOException when the server refuses or isn't there; its message is for the person who typed the command
     */
    JsonNode call(String method, String path, Optional<JsonNode> body) throws IOException {
        return result(send(method, path, body));
    }

    /** What is sent as it is made. */
    @FunctionalInterface
    interface Upload {
        void writeTo(OutputStream stream) throws IOException;
    }

    /** Posts what may be large. */
    JsonNode upload(String path, Upload upload) throws IOException {
        try {
            HttpURLConnection connection = open("POST", path);
            connection.setDoOutput(true);
            connection.setChunkedStreamingMode(CHUNK);
            connection.setRequestProperty("Content-Type", "application/octet-stream");
            try (OutputStream stream = connection.getOutputStream()) {
                upload.writeTo(stream);
            }
            return result(new Reply(connection.getResponseCode(), body(connection)));
        } catch (ConnectException e) {
            throw notRunning(e);
        } catch (SocketTimeoutException e) {
            throw tooLate(e);
        }
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
        connection.setReadTimeout(Math.toIntExact(ANSWER_TIMEOUT.toMillis()));
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    private IOException notRunning(ConnectException cause) {
        return new IOException(
                "The server isn't running on %s, or not with WebAdmin at port %d: start it, or give the options that it was started with"
                        .formatted(data, port),
                cause);
    }

    private IOException tooLate(SocketTimeoutException cause) {
        return new IOException("The server at port %d doesn't answer in time".formatted(port), cause);
    }

    private JsonNode result(Reply reply) throws IOException {
        if (reply.status() >= HttpURLConnection.HTTP_BAD_REQUEST) {
            throw new IOException(reason(reply));
        }
        return parse(reply.body());
    }

    private Reply send(String method, String path, Optional<JsonNode> body) throws IOException {
        try {
            HttpURLConnection connection = open(method, path);
            if (body.isPresent()) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                connection.getOutputStream().write(body.get().toString().getBytes(StandardCharsets.UTF_8));
            }
            return new Reply(connection.getResponseCode(), body(connection));
        } catch (ConnectException e) {
            throw notRunning(e);
        } catch (SocketTimeoutException e) {
            throw tooLate(e);
        }
    }

    private static String body(HttpURLConnection connection) throws IOException {
        boolean refused = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream stream = refused ? connection.getErrorStream() : connection.getInputStream()) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String reason(Reply reply) {
        if (reply.status() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return "The server at port %d doesn't take the token of %s: another one runs there".formatted(port, data);
        }
        String said = "";
        try {
            said = parse(reply.body()).path("message").asText();
        } catch (IOException e) {
            // An answer that isn't JSON says no more than its status.
        }
        return said.isEmpty() ? "The server answers with status " + reply.status() : said;
    }

    private static JsonNode parse(String text) throws IOException {
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IOException("What answers there isn't the server's WebAdmin", e);
        }
    }
}
