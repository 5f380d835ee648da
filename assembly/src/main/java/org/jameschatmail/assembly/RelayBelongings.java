package org.jameschatmail.assembly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jameschatmail.core.moving.Maildir;
import org.jameschatmail.core.moving.MovedMailbox;
import org.jameschatmail.core.moving.MovedMessage;
import org.jameschatmail.core.moving.RelayAccount;

/**
 * Mail and device tokens of an account of a chatmail relay, as the server's route for belongings reads them. Used once.
 */
final class RelayBelongings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_TOKEN = 4096;
    private static final int MOST_TOKENS = 32;
    /** A message of a relay has 30 MiB at most; the server knows what it takes. */
    private static final int LONGEST_MESSAGE = 100 << 20;

    private final RelayAccount account;
    private final boolean withMail;
    private long unreadable;

    RelayBelongings(RelayAccount account, boolean withMail) {
        this.account = account;
        this.withMail = withMail;
    }

    /** Messages that couldn't be read: damaged ones, and some that a server which still runs has just removed. */
    long unreadable() {
        return unreadable;
    }

    /** What there is, without a look into it. */
    JsonNode expected() throws IOException {
        long count = 0;
        long octets = 0;
        for (Maildir mailbox : mailboxes()) {
            count += mailbox.messages().size();
            octets +=
                    mailbox.messages().stream().mapToLong(Maildir.Entry::octets).sum();
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("stored", count)
                .put("storedBytes", octets)
                .put("deviceTokens", tokens().size());
    }

    private List<Maildir> mailboxes() throws IOException {
        return withMail ? account.mailboxes() : List.of();
    }

    void writeTo(OutputStream stream) throws IOException {
        for (String token : tokens()) {
            line(stream, JsonNodeFactory.instance.objectNode().put("deviceToken", token));
        }
        for (Maildir mailbox : mailboxes()) {
            MovedMailbox described = mailbox.mailbox();
            line(
                    stream,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("mailbox", described.name())
                            .put("uidValidity", described.uidValidity())
                            .put("uidNext", described.uidNext()));
            for (Maildir.Entry entry : mailbox.messages()) {
                Optional<MovedMessage> message = read(entry);
                if (message.isPresent()) {
                    write(stream, message.get());
                } else {
                    unreadable++;
                }
            }
        }
    }

    private static Optional<MovedMessage> read(Maildir.Entry entry) throws IOException {
        try {
            return entry.read(LONGEST_MESSAGE);
        } catch (NoSuchFileException | ZipException | EOFException e) {
            return Optional.empty();
        }
    }

    private static void write(OutputStream stream, MovedMessage message) throws IOException {
        ObjectNode header = JsonNodeFactory.instance
                .objectNode()
                .put("message", message.name())
                .put("uid", message.uid())
                .put("arrival", message.arrival().toString())
                .put("octets", message.content().length);
        ArrayNode flags = header.putArray("flags");
        message.flags().forEach(flags::add);
        line(stream, header);
        stream.write(message.content());
    }

    private static void line(OutputStream stream, JsonNode line) throws IOException {
        stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@code {"devicetoken":{"TOKEN":SECONDS}}}, or a list of them as relays wrote long ago. Those that are there are taken:
     * the relay drops what wasn't renewed for 90 days, and so does the server.
     */
    private List<String> tokens() throws IOException {
        JsonNode tokens = metadata().path("devicetoken");
        List<String> found = new ArrayList<>();
        if (tokens.isObject()) {
            tokens.fieldNames().forEachRemaining(found::add);
        } else {
            tokens.forEach(token -> found.add(token.asText()));
        }
        return found.stream()
                .filter(token -> token.length() <= LONGEST_TOKEN)
                .limit(MOST_TOKENS)
                .toList();
    }

    private JsonNode metadata() throws IOException {
        try {
            return JSON.readTree(account.metadata().orElse("{}"));
        } catch (JsonProcessingException e) {
            // The relay takes a damaged file for an empty one, too.
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
