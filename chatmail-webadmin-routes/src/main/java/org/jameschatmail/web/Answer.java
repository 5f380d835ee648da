package org.jameschatmail.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP answer as a value: status, headers and the whole body. Immutable as long as the body array is left alone.
 * {@code Content-Length} and the headers common to all answers are added when it is written.
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String NO_STORE = "no-store";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String ETAG = "ETag";
    private static final int TAG_BYTES = 12;
    private static final int NOT_MODIFIED = 304;

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer html(String page) {
        return of(200, "text/html;charset=utf-8", page);
    }

    public static Answer text(int status, String text) {
        return of(status, "text/plain;charset=utf-8", text);
    }

    public static Answer of(int status, String contentType, String body) {
        return of(status, contentType, bytes(body));
    }

    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of(CONTENT_TYPE, contentType), body);
    }

    /** A redirect; {@code location} is used as it is, and may have a scheme that is not HTTP. */
    public static Answer redirect(int status, String location) {
        return new Answer(status, Map.of("Location", location), new byte[0]);
    }

    public static Answer noContent() {
        return new Answer(204, Map.of(), new byte[0]);
    }

    /** As they stand in a body. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Answer with(String name, String value) {
        Map<String, String> extended = new LinkedHashMap<>(headers);
        extended.put(name, value);
        return new Answer(status, extended, body);
    }

    public Answer withStatus(int other) {
        return new Answer(other, headers, body);
    }

    /** With an {@code ETag} made of the body, by which a client that has it already is answered 304. */
    public Answer tagged() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            String tag = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
            return with(ETAG, '"' + tag + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What is answered instead to a client that has the body: 304 where {@code ifNoneMatch} names our tag. */
    Answer unlessKnown(Optional<String> ifNoneMatch) {
        String tag = headers.get(ETAG);
        if (tag == null || status != 200 || ifNoneMatch.isEmpty()) {
            return this;
        }
        boolean known = Arrays.stream(ifNoneMatch.get().split(","))
                .map(String::strip)
                .anyMatch(given -> given.equals("*") || given.equals(tag) || given.equals("W/" + tag));
        if (!known) {
            return this;
        }
        Map<String, String> kept = new LinkedHashMap<>(headers);
        kept.remove(CONTENT_TYPE);
        return new Answer(NOT_MODIFIED, kept, new byte[0]);
    }

    /** Whole seconds, rounded up, at least one. */
    public Answer retriedAfter(Duration wait) {
        return with(
                "Retry-After",
                Long.toString(Math.max(1, wait.plusNanos(999_999_999L).toSeconds())));
    }

    /** False where {@link #neverStored} has said so. */
    public boolean isStorable() {
        return !headers.getOrDefault(CACHE_CONTROL, "").equals(NO_STORE);
    }

    /** May be kept by anyone for this long. */
    public Answer cachedFor(Duration duration) {
        return with(CACHE_CONTROL, "public, max-age=" + duration.toSeconds());
    }

    /** Meant for this visitor and this moment: kept nowhere. */
    public Answer neverStored() {
        return with(CACHE_CONTROL, NO_STORE);
    }
}
