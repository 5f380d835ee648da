package org.jameschatmail.integration.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A running server: the distribution's {@code bin/chatmail run} on free loopback ports, with a data directory of its
 * own, seen from outside only. For use by one thread.
 *
 * <pre>{@code
 * try (ChatmailServer server = ChatmailServer.start(ServerSettings.forDomain("chat.example"))) {
 *     server.ports().imaps();
 *     server.restart();
 * }
 * }</pre>
 */
public final class ChatmailServer implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofMinutes(3);
    private static final Duration STOP_DEADLINE = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 3;
    private static final int TAIL_LINES = 80;

    private final Distribution distribution;
    private final ServerSettings settings;
    private final Path dataDirectory;
    private ServerPorts ports;
    private ServerProcess process;

    private ChatmailServer(Distribution distribution, ServerSettings settings, Path dataDirectory) {
        this.distribution = distribution;
        this.settings = settings;
        this.dataDirectory = dataDirectory;
        this.ports = distribution.place().ports();
        this.process = launch();
    }

    /**
     * Starts a server on an empty data directory and returns when it says that it is ready. With
     * {@code -Dchatmail.store=postgresql} it has an empty PostgreSQL database where the settings name none.
     *
     * @throws IllegalStateException with the end of the server's output, when it ends or says nothing in three minutes
     */
    public static ChatmailServer start(ServerSettings settings) {
        return start(settings, ServerPlace.LOOPBACK);
    }

    /** Starts a server elsewhere than on loopback; the settings say where it listens. */
    public static ChatmailServer start(ServerSettings settings, ServerPlace place) {
        Path dataDirectory = Folders.createTemporary("chatmail-data-");
        ChatmailServer server =
                new ChatmailServer(Distribution.unpacked().at(place), withStore(settings), dataDirectory);
        try {
            server.awaitReadyOnFreePorts();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static ServerSettings withStore(ServerSettings settings) {
        boolean postgres = System.getProperty("chatmail.store", "derby").equals("postgresql");
        return postgres && !settings.keys().containsKey("store.url")
                ? settings.set("store.url", PostgresDatabases.create())
                : settings;
    }

    private void awaitReadyOnFreePorts() {
        for (int attempt = 1; !becomesReady(); attempt++) {
            boolean portTaken = process.tail(TAIL_LINES).contains("Address already in use");
            if (!portTaken || attempt == ATTEMPTS) {
                throw notReady();
            }
            // Its output ends a moment before it does.
            process.awaitExit(STOP_DEADLINE);
            ports = distribution.place().ports();
            process = launch();
        }
    }

    private boolean becomesReady() {
        return process.awaitLine(line -> line.startsWith("READY "), START_DEADLINE)
                .isPresent();
    }

    private IllegalStateException notReady() {
        String state = process.isAlive()
                ? "is not ready after " + START_DEADLINE
                : "ended with status " + process.awaitExit(STOP_DEADLINE) + " before it was ready";
        return new IllegalStateException("the server " + state + "; its output ends:\n" + logTail());
    }

    private ServerProcess launch() {
        return distribution.start(settings.environment(), runArguments());
    }

    /** The arguments of {@code bin/chatmail} that start this server, for a test that starts it a second time. */
    public List<String> runArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--data",
                dataDirectory.toString(),
                "--domain",
                settings.domain(),
                "--port-offset",
                String.valueOf(ports.offset())));
        settings.keys().forEach((key, value) -> {
            arguments.add("--set");
            arguments.add(key + "=" + value);
        });
        return arguments;
    }

    /** Ends the server as an operator does (SIGTERM) and waits until it is gone. Nothing happens when it is gone. */
    public void stop() {
        process.terminate();
        process.awaitExit(STOP_DEADLINE);
    }

    /** Ends the server as a power cut does (SIGKILL). */
    public void kill() {
        process.kill();
    }

    /** Starts again with the same data and ports, after {@link #stop} or {@link #kill} or instead of the first. */
    public void restart() {
        stop();
        process = launch();
        if (!becomesReady()) {
            throw notReady();
        }
    }

    public ServerPorts ports() {
        return ports;
    }

    /** A port of it as this process reaches it. */
    public InetSocketAddress endpoint(int port) {
        return new InetSocketAddress(distribution.place().address(), port);
    }

    public String domain() {
        return settings.domain();
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    public Distribution distribution() {
        return distribution;
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** The process id, which is the JVM's own. */
    public long pid() {
        return process.pid();
    }

    /** How many objects of a class the server still uses, subclasses not included; it collects its garbage first. */
    public long instances(String className) {
        return process.liveInstances(className);
    }

    /** The lines of standard output since the last start. */
    public List<String> standardOutput() {
        return process.standardOutput();
    }

    /** The lines of standard output and standard error since the last start. */
    public List<String> output() {
        return process.output();
    }

    /** The last lines of what the server wrote, for a failed test's report. */
    public String logTail() {
        return process.tail(TAIL_LINES);
    }

    /** The bearer token for WebAdmin. */
    public String adminToken() {
        try {
            return Files.readString(dataDirectory.resolve("admin-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line of standard output with this text in it, such as the {@code dclogin:} link. */
    public Optional<String> lineWith(String text) {
        return standardOutput().stream().filter(line -> line.contains(text)).findFirst();
    }

    /** Stops the server and deletes its data. A server that does not end in time is killed, and that is a failure. */
    @Override
    public void close() {
        try (ServerProcess running = process) {
            running.terminate();
            running.awaitExit(STOP_DEADLINE);
        } finally {
            Folders.delete(dataDirectory);
        }
    }
}
