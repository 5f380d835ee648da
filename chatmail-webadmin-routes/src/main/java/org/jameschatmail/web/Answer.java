package org.jameschatmail.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP answer as a value: status, headers and the whole body. Immutable as long as the body array is left alone.
 * {@code Content-Length} and the headers common to all answers are added when it is written.
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final String CACHE_CONTROL = "Cache-Control";

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
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    /** A redirect; {@code location} is used as it is, and may have a scheme that is not HTTP. */
    public static Answer redirect(int status, String location) {
        return new Answer(status, Map.of("Location", location), new byte[0]);
    }

    public static Answer noContent() {
        return new Answer(204, Map.of(), new byte[0]);
    }

    public Answer with(String name, String value) {
        Map<String, String> extended = new LinkedHashMap<>(headers);
        extended.put(name, value);
        return new Answer(status, extended, body);
    }

    /** May be kept by anyone for this long. */
    public Answer cachedFor(Duration duration) {
        return with(CACHE_CONTROL, "public, max-age=" + duration.toSeconds());
    }

    /** Meant for this visitor and this moment: kept nowhere. */
    public Answer neverStored() {
        return with(CACHE_CONTROL, "no-store");
    }
}
