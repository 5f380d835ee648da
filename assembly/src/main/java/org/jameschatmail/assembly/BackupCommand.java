package org.jameschatmail.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.zip.ZipException;
import org.jameschatmail.core.backup.BackupFile;
import org.jameschatmail.core.backup.BackupManifest;
import org.jameschatmail.core.backup.BackupWriter;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.Service;
import org.jameschatmail.core.file.PrivateFile;
import org.jameschatmail.guice.server.DataDirectory;
import org.jameschatmail.guice.server.StartException;

/** {@code chatmail backup} and {@code chatmail restore}. */
record BackupCommand(ChatmailConfiguration configuration, Path data) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int REASON_OCTETS = 2_000;

    /** From the server that runs on the data directory, or, when none does, from the directory itself. */
    void backUp(Path file, PrintStream out) throws IOException, StartException {
        if (Files.exists(file)) {
            throw new IOException(file + " is there already, and isn't overwritten");
        }
        if (!Files.isDirectory(data) || !BackupWriter.isWorthIt(data)) {
            throw new IOException("There is nothing to back up in " + data);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            write(part);
            check(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(part + " is there: another backup writes it, or one was cut off. Delete it then", e);
        } catch (IOException | StartException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        out.printf("%s  %,d octets%n", file, Files.size(file));
        if (hasOwnDatabase()) {
            out.println("The database of store.url isn't in it: back it up with its own tools.");
        }
    }

    private boolean hasOwnDatabase() {
        return configuration.store().url().isPresent();
    }

    private void write(Path part) throws IOException, StartException {
        if (DataDirectory.holder(data).isPresent()) {
            PrivateFile.write(part, this::fromServer);
            return;
        }
        try (DataDirectory locked = DataDirectory.lock(data)) {
            PrivateFile.write(part, stream -> fromDirectory(locked.path(), stream));
        }
    }

    private void fromServer(OutputStream stream) throws IOException {
        int port = configuration.listen().port(Service.WEBADMIN);
        URI address = URI.create("http://127.0.0.1:" + port + "/chatmail/backup");
        String token = Files.readString(data.resolve("admin-token")).strip();
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody())
                .build();
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                    String reason = new String(body.readNBytes(REASON_OCTETS), StandardCharsets.UTF_8);
                    throw new IOException("The server refuses: " + response.statusCode() + " " + reason);
                }
                body.transferTo(stream);
            }
        } catch (ConnectException e) {
            throw new IOException(
                    "The server that runs on %s doesn't answer at port %d: give the options that it was started with"
                            .formatted(data, port),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void fromDirectory(Path directory, OutputStream stream) throws IOException {
        BackupManifest manifest = new BackupManifest(
                configuration.relay().domain().text(),
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS),
                !hasOwnDatabase());
        try (BackupWriter writer = new BackupWriter(stream, manifest)) {
            writer.addSettings(directory);
            if (!hasOwnDatabase()) {
                writer.addDatabase(directory.resolve(BackupWriter.DATABASE));
            }
        }
    }

    private static void check(Path file) throws IOException {
        try (BackupFile backup = BackupFile.open(file)) {
            backup.check();
        } catch (IOException e) {
            throw new IOException("The backup isn't whole: " + e.getMessage(), e);
        }
    }

    /** Into a data directory that has nothing in it. */
    void restore(Path file, PrintStream out) throws IOException, StartException {
        try (BackupFile backup = BackupFile.open(file)) {
            String domain = configuration.relay().domain().text();
            if (!backup.manifest().domain().equals(domain)) {
                throw new IOException("%s is of the domain %s, and the settings name %s: give --domain"
                        .formatted(file, backup.manifest().domain(), domain));
            }
            try (DataDirectory locked = DataDirectory.lock(data)) {
                backup.restore(locked.path());
            }
            out.printf(
                    "%s holds what was stored on %s%n", data, backup.manifest().made());
            if (!backup.manifest().database()) {
                out.println("The database isn't in it: restore that of store.url with its own tools.");
            }
        } catch (ZipException | NoSuchFileException e) {
            throw new IOException("%s isn't a backup, or not all of it: %s".formatted(file, e.getMessage()), e);
        }
    }
}
