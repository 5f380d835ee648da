package org.jameschatmail.integration.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jameschatmail.integration.Deadline;

/** Debian's Prometheus on a free port of loopback, with its data in a folder of the test. {@code ./chatmail test} installs it. */
final class Prometheus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private final Process process;

    /** How {@code promtool} ended, and what it wrote. */
    record Verdict(int status, String output) {}

    private Prometheus(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * Returns when it is ready.
     *
     * @param folder has {@code prometheus.yml} and what that names; its data come beside it
     */
    static Prometheus start(Path folder) {
        int port = freePort();
        List<String> command = List.of(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port);
        Prometheus prometheus = new Prometheus(folder, port, launch(command, folder.resolve("log"), folder));
        Deadline deadline = Deadline.after(PATIENCE);
        while (!prometheus.isReady()) {
            if (deadline.hasPassed() || !prometheus.process.isAlive()) {
                prometheus.close();
                throw new IllegalStateException("Prometheus isn't ready: " + prometheus.log());
            }
        }
        return prometheus;
    }

    /** Runs {@code promtool}, which judges files. */
    static Verdict promtool(Path folder, String... arguments) {
        Path output = folder.resolve("promtool.log");
        Process process = launch(
                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList(), output, folder);
        try {
            return new Verdict(process.waitFor(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process launch(List<String> command, Path output, Path folder) {
        try {
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    command.get(0) + " is missing: ./chatmail test installs it (Debian: prometheus)", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
