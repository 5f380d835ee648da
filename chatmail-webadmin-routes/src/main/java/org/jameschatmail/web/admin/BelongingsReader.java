package org.jameschatmail.web.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jameschatmail.core.moving.AccountMoves.Belongings;
import org.jameschatmail.core.moving.AccountMoves.MessageResult;
import org.jameschatmail.core.moving.MovedMailbox;
import org.jameschatmail.core.moving.MovedMessage;

/**
 * Reads what belongs to an account: lines of JSON that end in LF, and the octets of a message behind the line that tells
 * how many they are.
 *
 * <pre>{@code
 * {"deviceToken":"openpgp:..."}
 * {"mailbox":"INBOX","uidValidity":1775324600,"uidNext":43}
 * {"message":"1775324677.M448978P3029757.host","uid":42,"arrival":"2026-04-04T17:44:37Z","flags":["\\Seen"],"octets":3305}
 * Date: ...
 * }</pre>
 *
 * What isn't known of the numbers is left out. Each line is carried out as it comes, so what precedes a malformed one is
 * done. Used once, by one thread.
 */
final class BelongingsReader {
    private static final String MESSAGE = "message";
    private static final String MAILBOX = "mailbox";
    private static final String DEVICE_TOKEN = "deviceToken";
    private static final int LONGEST_LINE = 20_000;
    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_FLAGS = 64;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final InputStream stream;
    private final long longestMessage;
    private final Map<MessageResult, Long> messages = new EnumMap<>(MessageResult.class);
    private long storedBytes;
    private long deviceTokens;
    private boolean opened;

    BelongingsReader(InputStream stream, long longestMessage) {
        this.stream = stream;
        this.longestMessage = longestMessage;
    }

    /** The stream isn't what it should be. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    /**
     * Reads to the end, and counts.
     *
     * @param owner asked when the first line has been understood
     */
    ObjectNode read(Supplier<Belongings> owner) throws IOException {
        Optional<JsonNode> line = line();
        try (Belongings belongings = owner.get()) {
            while (line.isPresent()) {
                add(line.get(), belongings);
                line = line();
            }
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("stored", count(MessageResult.STORED))
                .put("storedBytes", storedBytes)
                .put("present", count(MessageResult.PRESENT))
                .put("tooOld", count(MessageResult.TOO_OLD))
                .put("tooLarge", count(MessageResult.TOO_LARGE))
                .put("overQuota", count(MessageResult.OVER_QUOTA))
                .put("deviceTokens", deviceTokens);
    }

    private void add(JsonNode line, Belongings belongings) throws IOException {
        if (line.has(MESSAGE)) {
            message(line, belongings);
        } else if (line.has(MAILBOX)) {
            belongings.open(mailbox(line));
            opened = true;
        } else {
            deviceTokens += belongings.addDeviceToken(line.path(DEVICE_TOKEN).asText()) ? 1 : 0;
        }
    }

    private long count(MessageResult result) {
        return messages.getOrDefault(result, 0L);
    }

    private void message(JsonNode line, Belongings belongings) throws IOException {
        long octets = number(line, "octets", Integer.MAX_VALUE);
        if (!opened) {
            throw new MalformedException("A message has no mailbox in front of it");
        }
        if (octets > longestMessage) {
            stream.skipNBytes(octets);
            messages.merge(MessageResult.TOO_LARGE, 1L, Long::sum);
            return;
        }
        byte[] content = stream.readNBytes((int) octets);
        if (content.length < octets) {
            throw new EOFException("A message is cut off");
        }
        MessageResult result = belongings.add(described(line, content));
        messages.merge(result, 1L, Long::sum);
        storedBytes += result == MessageResult.STORED ? octets : 0;
    }

    private static MovedMessage described(JsonNode line, byte[] content) throws MalformedException {
        try {
            return new MovedMessage(
                    name(line), number(line, "uid", (1L << 32) - 1), arrival(line), flags(line), content);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    private static MovedMailbox mailbox(JsonNode line) throws MalformedException {
        try {
            return new MovedMailbox(
                    line.path(MAILBOX).asText(),
                    number(line, "uidValidity", Long.MAX_VALUE),
                    Math.max(1, number(line, "uidNext", Long.MAX_VALUE)));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    private static String name(JsonNode line) throws MalformedException {
        String name = line.path(MESSAGE).asText();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new MalformedException("message is a name of at most " + LONGEST_NAME + " characters");
        }
        return name;
    }

    private static Instant arrival(JsonNode line) throws MalformedException {
        try {
            return Instant.parse(line.path("arrival").asText());
        } catch (DateTimeException e) {
            throw new MalformedException("arrival is a time such as 2026-04-04T17:44:37Z");
        }
    }

    private static Set<String> flags(JsonNode line) throws MalformedException {
        Set<String> flags = new TreeSet<>();
        for (JsonNode flag : line.path("flags")) {
            flags.add(flag.asText());
        }
        if (flags.size() > MOST_FLAGS) {
            throw new MalformedException("A message has more than " + MOST_FLAGS + " flags");
        }
        return flags;
    }

    /** 0 where it is left out. */
    private static long number(JsonNode line, String name, long greatest) throws MalformedException {
        JsonNode number = line.path(name);
        boolean good = number.isMissingNode() || number.isIntegralNumber() && number.canConvertToLong();
        if (!good || number.asLong() < 0 || number.asLong() > greatest) {
            throw new MalformedException(name + " is no such number");
        }
        return number.asLong();
    }

    private static JsonNode parse(String line) throws MalformedException {
        try {
            JsonNode read = JSON.readTree(line);
            if (!read.has(MESSAGE) && !read.has(MAILBOX) && !read.has(DEVICE_TOKEN)) {
                throw new MalformedException("A line has neither mailbox nor message nor deviceToken");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new MalformedException("A line isn't JSON");
        }
    }

    /** Empty at the end. */
    private Optional<JsonNode> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = stream.read(); octet >= 0 && octet != '\n'; octet = stream.read()) {
            if (line.size() == LONGEST_LINE) {
                throw new MalformedException("A line is longer than " + LONGEST_LINE + " octets");
            }
            line.write(octet);
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(parse(line.toString(StandardCharsets.UTF_8)));
    }
}
