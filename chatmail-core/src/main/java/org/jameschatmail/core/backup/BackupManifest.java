package org.jameschatmail.core.backup;

import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;

/**
 * What a backup says of itself, as its first entry {@value #ENTRY}.
 *
 * @param domain whose accounts are in it
 * @param made   when, to the second
 * @param database whether the database is in it; one elsewhere is backed up with its own tools
 */
public record BackupManifest(String domain, Instant made, boolean database) {
    static final String ENTRY = "chatmail-backup.properties";
    /** Raised when what was written can't be read as before. */
    private static final String FORMAT = "1";

    String text() {
        return "format=%s%ndomain=%s%nmade=%s%ndatabase=%s%n".formatted(FORMAT, domain, made, database);
    }

    /** @throws IOException when the text is of another format, or none at all */
    static BackupManifest parse(String text) throws IOException {
        Properties fields = new Properties();
        try {
            fields.load(new StringReader(text));
            String format = fields.getProperty("format", "");
            if (!format.equals(FORMAT)) {
                throw new IOException("it is of format '" + format + "', and this release reads " + FORMAT);
            }
            return new BackupManifest(
                    fields.getProperty("domain", ""),
                    Instant.parse(fields.getProperty("made", "")),
                    Boolean.parseBoolean(fields.getProperty("database")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("its entry " + ENTRY + " is malformed", e);
        }
    }
}
