package org.jameschatmail.core.moving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The mailbox folders of a chatmail relay, {@code /home/vmail/mail/DOMAIN}: one for each account, named by its address. */
public record RelayFolder(Path folder) {
    /**
     * Finds it.
     *
     * @param given the folder of the domain, or the one above it
     * @throws IOException when there are no accounts in either; its message is for the person who gave it
     */
    public static RelayFolder find(Path given, String domain) throws IOException {
        RelayFolder itself = new RelayFolder(given);
        RelayFolder below = new RelayFolder(given.resolve(domain));
        if (Files.isDirectory(given) && !itself.accounts().isEmpty()) {
            return itself;
        }
        if (Files.isDirectory(below.folder) && !below.accounts().isEmpty()) {
            return below;
        }
        throw new IOException(
                "%s holds no folders named by addresses: give the one of the domain, such as /home/vmail/mail/%s"
                        .formatted(given, domain));
    }

    /** In the order of their addresses. */
    public List<RelayAccount> accounts() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> path.getFileName().toString().contains("@"))
                    .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .map(path -> new RelayAccount(path.getFileName().toString(), path))
                    .toList();
        }
    }
}
