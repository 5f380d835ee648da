package org.jameschatmail.core.moving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of an account on a chatmail relay: the file {@code password}, which holds a hash and was changed on the day
 * of the last login; {@code enforceE2EEincoming} where it takes no cleartext; {@code metadata.json} with the tokens of its
 * devices; and a Maildir, whose folders begin with a dot.
 *
 * @see <a href="https://github.com/chatmail/relay">chatmail/relay</a>
 */
public record RelayAccount(String address, Path folder) {
    private static final int LONGEST_HASH = 1000;
    private static final int LONGEST_METADATA = 1 << 20;

    /**
     * What the server kept of the account.
     *
     * @throws NoSuchFileException when it is none: its owner never logged in
     */
    public MovedAccount account() throws IOException {
        Path password = folder.resolve("password");
        LocalDate lastLogin = LocalDate.ofInstant(
                Files.getLastModifiedTime(password, LinkOption.NOFOLLOW_LINKS).toInstant(), ZoneOffset.UTC);
        boolean refusesCleartext = Files.exists(folder.resolve("enforceE2EEincoming"));
        return new MovedAccount(
                address, text(password, LONGEST_HASH).strip(), Optional.of(lastLogin), !refusesCleartext);
    }

    /** What the server kept of its devices, as JSON; empty when there is nothing. */
    public Optional<String> metadata() throws IOException {
        Path file = folder.resolve("metadata.json");
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(text(file, LONGEST_METADATA))
                : Optional.empty();
    }

    private static String text(Path file, int longest) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.size(file) > longest) {
            throw new IOException(file.getFileName() + " is too large");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** INBOX first, then the others. */
    public List<Maildir> mailboxes() throws IOException {
        List<Maildir> mailboxes = new ArrayList<>(List.of(Maildir.read(folder, MovedMailbox.INBOX)));
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path part : inside.filter(RelayAccount::isMailbox).sorted().toList()) {
                mailboxes.add(Maildir.read(part, part.getFileName().toString().substring(1)));
            }
        }
        return mailboxes;
    }

    /** A name outside of ASCII is written with {@code &}, and no client of a relay makes one. */
    private static boolean isMailbox(Path folder) {
        String name = folder.getFileName().toString();
        return name.startsWith(".")
                && MovedMailbox.isName(name.substring(1))
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Maildir.isOne(folder);
    }
}
