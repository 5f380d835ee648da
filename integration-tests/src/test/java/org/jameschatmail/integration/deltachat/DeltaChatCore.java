package org.jameschatmail.integration.deltachat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.integration.server.Folders;

/**
 * One running Delta Chat core: the released {@code deltachat-rpc-server} as a process, with a folder of accounts of its
 * own, as one device has it. {@code integration-tests/install-packages deltachat} brings the program; the system property
 * {@code deltachat.rpc.server} names another one. Thread-safe.
 */
public final class DeltaChatCore implements AutoCloseable {
    private static final String PROPERTY = "deltachat.rpc.server";
    private static final Duration CALL_DEADLINE = Duration.ofMinutes(2);
    private static final Duration END_DEADLINE = Duration.ofSeconds(20);

    private final Path folder;
    private final Process process;
    private final JsonRpc rpc;
    private final Map<Integer, DeltaChatAccount> accounts = new ConcurrentHashMap<>();

    private DeltaChatCore(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.rpc = new JsonRpc(process.getOutputStream(), process.getInputStream());
        Thread events = new Thread(this::readEvents, "events of core " + process.pid());
        events.setDaemon(true);
        events.start();
    }

    public static DeltaChatCore start() {
        Path folder = Folders.createTemporary("deltachat-");
        ProcessBuilder builder = new ProcessBuilder(program().toString());
        builder.environment().put("DC_ACCOUNTS_PATH", folder.resolve("accounts").toString());
        builder.environment().put("RUST_LOG", "error");
        builder.redirectError(Redirect.appendTo(folder.resolve("error.log").toFile()));
        try {
            return new DeltaChatCore(folder, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program() {
        String arm = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        Path installed = Path.of("deltachat/node_modules/@deltachat/stdio-rpc-server-" + system + "-" + arm)
                .resolve("deltachat-rpc-server");
        Path program =
                Path.of(System.getProperty(PROPERTY, installed.toString())).toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException("no Delta Chat core at " + program
                    + ": run integration-tests/install-packages deltachat, or name the program with -D" + PROPERTY
                    + "=FILE");
        }
        return program;
    }

    /** A new account on this device, without an address yet. */
    public DeltaChatAccount addAccount() {
        int id = call("add_account").asInt();
        return account(id);
    }

    private DeltaChatAccount account(int id) {
        return accounts.computeIfAbsent(id, newId -> new DeltaChatAccount(this, newId));
    }

    JsonNode call(String method, Object... parameters) {
        return rpc.call(CALL_DEADLINE, method, parameters);
    }

    private void readEvents() {
        while (process.isAlive()) {
            try {
                JsonNode batch = rpc.start("get_next_event_batch").join();
                batch.forEach(this::dispatch);
            } catch (RuntimeException e) {
                // The core has ended, and calls that wait fail with that reason.
                return;
            }
        }
    }

    private void dispatch(JsonNode event) {
        JsonNode payload = event.path("event");
        int id = event.path("contextId").asInt();
        if (id > 0) {
            account(id).happened(new DeltaChatEvent(payload.path("kind").asText(), payload));
        }
    }

    /** Ends the process and deletes its accounts on this device. */
    @Override
    public void close() {
        try {
            // The program ends by itself at the end of its input.
            process.getOutputStream().close();
            if (!process.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } finally {
            Folders.delete(folder);
        }
    }
}
