package org.jameschatmail.protocols.imap.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.james.filesystem.api.FileSystem;

/** The files that {@code file:///} URLs name. */
final class FilesByUrl implements FileSystem {
    @Override
    public InputStream getResource(String url) throws IOException {
        return Files.newInputStream(Path.of(URI.create(url)));
    }

    @Override
    public File getFile(String url) {
        return new File(URI.create(url));
    }

    @Override
    public File getBasedir() {
        throw new UnsupportedOperationException("no folder of its own");
    }
}
