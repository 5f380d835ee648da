package org.jameschatmail.integration.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jameschatmail.integration.DebianProgram;

/** Debian's Prometheus on a free port of loopback, with its data in a folder of the test. {@code ./chatmail test} installs it. */
final class Prometheus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final DebianProgram program;

    /** How {@code promtool} ended, and what it wrote. */
    record Verdict(int status, String output) {}

    private Prometheus(int port, DebianProgram program) {
        this.port = port;
        this.program = program;
    }

    /**
     * Returns when it is ready.
     *
     * @param folder has {@code prometheus.yml} and what that names; its data come beside it
     */
    static Prometheus start(Path folder) {
        int port = DebianProgram.freePort();
        DebianProgram program = DebianProgram.start(
                folder,
                Map.of(),
                List.of(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port));
        Prometheus prometheus = new Prometheus(port, program);
        program.await(prometheus::isReady);
        return prometheus;
    }

    /** Runs {@code promtool}, which judges files. */
    static Verdict promtool(Path folder, String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        try (DebianProgram program = DebianProgram.start(folder, Map.of(), command)) {
            return new Verdict(program.awaitEnd(), program.log());
        }
    }

    private boolean isReady() {
        try {
            return client.send(request("/-/ready"), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
    }

    /** The result of an expression now, a node for each series. */
    List<JsonNode> query(String expression) {
        JsonNode result = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
        return StreamSupport.stream(result.spliterator(), false).toList();
    }

    /** The {@code data} of an answer of the API, which has to be a success. */
    JsonNode get(String path) {
        try {
            JsonNode answer = new ObjectMapper()
                    .readTree(
                            client.send(request(path), BodyHandlers.ofString()).body());
            if (!answer.path("status").asText().equals("success")) {
                throw new IllegalStateException(path + ": " + answer);
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        return program.log();
    }

    @Override
    public void close() {
        program.close();
    }
}
