package org.jameschatmail.integration.deltachat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A JSON-RPC 2.0 client over a pair of streams, one message a line. Calls may overlap and be made by any thread.
 *
 * @see <a href="https://www.jsonrpc.org/specification">JSON-RPC 2.0</a>
 */
final class JsonRpc {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream requests;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private volatile boolean closed;

    JsonRpc(OutputStream requests, InputStream responses) {
        this.requests = requests;
        Thread reader = new Thread(() -> readResponses(responses), "JSON-RPC responses");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Calls a method and waits for its result.
     *
     * @throws DeltaChatException when the answer is an error, or none comes in time
     */
    JsonNode call(Duration atMost, String method, Object... parameters) {
        try {
            return start(method, parameters).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new DeltaChatException(method + " failed: " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new DeltaChatException(method + " has no answer after " + atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + method, e);
        }
    }

    /** Calls a method; the result comes later. */
    CompletableFuture<JsonNode> start(String method, Object... parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        pending.put(id, result);
        ObjectNode request =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.set("params", JSON.valueToTree(List.of(parameters)));
        try {
            write(request);
        } catch (IOException e) {
            result.completeExceptionally(e);
        }
        if (closed) {
            failPending();
        }
        return result;
    }

    private synchronized void write(ObjectNode request) throws IOException {
        requests.write((request + "\n").getBytes(StandardCharsets.UTF_8));
        requests.flush();
    }

    private void readResponses(InputStream responses) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(responses, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closed = true;
            failPending();
        }
    }

    private void accept(String line) throws JsonProcessingException {
        JsonNode response = JSON.readTree(line);
        CompletableFuture<JsonNode> result = pending.remove(response.path("id").asInt());
        if (result == null) {
            return;
        }
        if (response.has("error")) {
            result.completeExceptionally(
                    new DeltaChatException(response.path("error").toString()));
            return;
        }
        result.complete(response.path("result"));
    }

    private void failPending() {
        pending.values().forEach(result -> result.completeExceptionally(new DeltaChatException("the core has ended")));
        pending.clear();
    }
}
