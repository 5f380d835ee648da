package org.jameschatmail.guice.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.inject.Inject;
import javax.inject.Singleton;
import javax.sql.DataSource;
import org.jameschatmail.core.backup.BackupManifest;
import org.jameschatmail.core.backup.BackupWriter;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.file.FileTree;
import org.jameschatmail.core.file.KeptOpenStream;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.web.backup.Backups;

/**
 * Backups by Derby's own copy of a database that is in use: what was committed when the copy ends is in it, and
 * transactions go on meanwhile. A database elsewhere isn't in them.
 */
@Singleton
final class RunningBackups implements Backups {
    private static final String COPY = "CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE(?)";

    private final Path data;
    private final boolean embedded;
    private final String domain;
    private final DataSource database;
    private final Clock clock;
    private final AtomicBoolean inProgress = new AtomicBoolean();

    @Inject
    RunningBackups(
            ServerDirectories directories, ChatmailConfiguration configuration, DataSource database, Clock clock) {
        this.data = directories.data();
        this.embedded = configuration.store().url().isEmpty();
        this.domain = configuration.relay().domain().text();
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Snapshot take() throws IOException, InProgressException {
        if (!inProgress.compareAndSet(false, true)) {
            throw new InProgressException();
        }
        Copy copy = new Copy();
        try {
            if (embedded) {
                copy.make();
            }
            return copy;
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /** The folder that holds the copy of the database, if there is one. */
    private final class Copy implements Snapshot {
        private final Path folder = data.resolve("tmp").resolve("backup");

        void make() throws IOException {
            FileTree.delete(folder);
            long needed = FileTree.octets(data.resolve(BackupWriter.DATABASE));
            long free = data.toFile().getUsableSpace();
            if (free < needed) {
                throw new IOException("The copy of the database needs %,d octets in %s, and %,d are free"
                        .formatted(needed, data, free));
            }
            Files.createDirectories(folder);
            try (Connection connection = database.getConnection();
                    CallableStatement copy = connection.prepareCall(COPY)) {
                copy.setString(1, folder.toString());
                copy.execute();
            } catch (SQLException e) {
                throw new IOException("The database can't be copied: " + e.getMessage(), e);
            }
        }

        @Override
        public void writeTo(OutputStream stream) throws IOException {
            BackupManifest manifest =
                    new BackupManifest(domain, clock.instant().truncatedTo(ChronoUnit.SECONDS), embedded);
            try (BackupWriter writer = new BackupWriter(new KeptOpenStream(stream), manifest)) {
                writer.addSettings(data);
                if (embedded) {
                    writer.addDatabase(folder.resolve(BackupWriter.DATABASE));
                }
            }
        }

        @Override
        public void close() throws IOException {
            try {
                FileTree.delete(folder);
            } finally {
                inProgress.set(false);
            }
        }
    }
}
