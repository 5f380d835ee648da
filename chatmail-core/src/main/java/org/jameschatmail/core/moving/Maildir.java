package org.jameschatmail.core.moving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mailbox of Dovecot: a folder with {@code cur} and {@code new}, and Dovecot's files beside them.
 *
 * @param mailbox with its numbers as they were when the folder was read
 * @param messages in the order of their UIDs, and then those without one, as they arrived
 */
public record Maildir(MovedMailbox mailbox, List<Entry> messages) {
    private static final List<String> FOLDERS = List.of("cur", "new");
    private static final String UID_LIST = "dovecot-uidlist";
    private static final String KEYWORDS = "dovecot-keywords";
    /** Of a mailbox with several hundred thousand messages. */
    private static final long MOST_OCTETS = 64 << 20;

    public Maildir {
        messages = List.copyOf(messages);
    }

    /**
     * A message, not read yet.
     *
     * @param octets of the file, which may be compressed
     */
    public record Entry(Path file, MovedMessage described, long octets) {
        /**
         * The message with its content.
         *
         * @return empty when it is longer than that
         * @throws NoSuchFileException when it has been removed or marked meanwhile
         */
        public Optional<MovedMessage> read(long longest) throws IOException {
            return StoredMail.read(file, longest)
                    .map(content -> new MovedMessage(
                            described.name(), described.uid(), described.arrival(), described.flags(), content));
        }
    }

    static boolean isOne(Path folder) {
        return FOLDERS.stream().anyMatch(name -> Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
    }

    static Maildir read(Path folder, String name) throws IOException {
        UidList uids = UidList.of(lines(folder.resolve(UID_LIST)));
        MaildirKeywords keywords = MaildirKeywords.of(lines(folder.resolve(KEYWORDS)));
        List<Entry> messages = new ArrayList<>();
        for (String part : FOLDERS) {
            for (Path file : filesIn(folder.resolve(part))) {
                entry(file, uids, keywords).ifPresent(messages::add);
            }
        }
        messages.sort(Comparator.<Entry>comparingLong(Maildir::place)
                .thenComparing(entry -> entry.described().arrival())
                .thenComparing(entry -> entry.described().name()));
        return new Maildir(new MovedMailbox(name, uids.uidValidity(), uids.uidNext()), messages);
    }

    private static long place(Entry entry) {
        long uid = entry.described().uid();
        return uid == 0 ? Long.MAX_VALUE : uid;
    }

    /** Empty when it isn't there any more. */
    private static Optional<Entry> entry(Path file, UidList uids, MaildirKeywords keywords) throws IOException {
        try {
            MaildirName name = MaildirName.of(file.getFileName().toString());
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            // A copy that lost its times was changed just now, and an appended message bears an older date than its
            // name.
            Instant arrival = name.time().filter(changed::isAfter).orElse(changed);
            MovedMessage described =
                    new MovedMessage(name.unique(), uids.uid(name), arrival, name.flags(keywords), new byte[0]);
            return Optional.of(new Entry(file, described, Files.size(file)));
        } catch (NoSuchFileException markedOrRemoved) {
            return Optional.empty();
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        if (Files.size(file) > MOST_OCTETS) {
            throw new IOException(file.getFileName() + " is too large");
        }
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
}
