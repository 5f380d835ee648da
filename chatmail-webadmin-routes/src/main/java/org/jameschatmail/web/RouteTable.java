package org.jameschatmail.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the answer to a request by path and method. Paths match exactly and case-sensitively, or by prefix for
 * {@link #getUnder}. {@code HEAD} follows from {@code GET}, {@code OPTIONS} is answered for each path, a method the
 * path does not have is 405 with {@code Allow}, an unknown path 404, a body that declares more than the route takes
 * 413. Filled once before the server starts, read by many threads afterwards.
 */
public final class RouteTable {
    private static final long NO_BODY_EXPECTED = 16_384;
    private static final String ANY_PATH = "*";
    private static final String READ_ONLY = "GET, HEAD, OPTIONS";

    /** Looks for what isn't in the table. */
    @FunctionalInterface
    public interface ResourceFinder {
        Optional<Answer> find(HttpServletRequest request) throws IOException;
    }

    /** What a path has for one method. */
    sealed interface Route permits Plain, Streamed {}

    /** @param maximumBody bytes, where they are declared */
    record Plain(WebAction action, long maximumBody) implements Route {}

    /** @param mostRead bytes that are read of any body */
    record Streamed(UploadAction action, long mostRead) implements Route {}

    private record Otherwise(ResourceFinder resource, WebAction missing) {}

    private final Map<String, Map<String, Route>> paths = new LinkedHashMap<>();
    private final Map<String, Map<String, Route>> prefixes = new LinkedHashMap<>();
    private @Nullable Otherwise otherwise;

    /** A table of what each of {@code groups} defines. */
    public static RouteTable of(WebRoutes... groups) {
        RouteTable table = new RouteTable();
        for (WebRoutes group : groups) {
            group.define(table);
        }
        return table;
    }

    public void get(String path, WebAction action) {
        add(paths, path, "GET", new Plain(action, NO_BODY_EXPECTED));
    }

    /** Takes every path that starts with {@code prefix} and is not named exactly. */
    public void getUnder(String prefix, WebAction action) {
        add(prefixes, prefix, "GET", new Plain(action, NO_BODY_EXPECTED));
    }

    /** For requests whose body is ignored. */
    public void post(String path, WebAction action) {
        post(path, NO_BODY_EXPECTED, action);
    }

    /** @param maximumBody bytes; an action that reads a body without a declared length has to count for itself */
    public void post(String path, long maximumBody, WebAction action) {
        add(paths, path, "POST", new Plain(action, maximumBody));
    }

    /**
     * For requests whose body may be large and is passed on as it arrives.
     *
     * @param mostRead bytes; of a longer body the rest stays unread
     */
    public void upload(String path, long mostRead, UploadAction action) {
        add(paths, path, "POST", new Streamed(action, mostRead));
    }

    /**
     * For paths that no route has.
     *
     * @param resource what is there for {@code GET}, if anything
     * @param missing  the answer to {@code GET} where nothing is
     */
    public void otherwise(ResourceFinder resource, WebAction missing) {
        otherwise = new Otherwise(resource, missing);
    }

    /** The route that takes the body of this request in blocks, where there is one. */
    Optional<Streamed> upload(String path, HttpServletRequest request) {
        Map<String, Route> methods = find(path);
        return methods != null && methods.get(request.getMethod()) instanceof Streamed streamed
                ? Optional.of(streamed)
                : Optional.empty();
    }

    /** The answer of the plain route for {@code path}, or empty where no route has that path. */
    public Optional<Answer> answer(String path, HttpServletRequest request) throws IOException {
        Map<String, Route> methods = find(path);
        if (methods == null) {
            return otherwise == null ? Optional.empty() : otherwise(otherwise, request);
        }
        String method = request.getMethod();
        Route route = methods.get(method.equals("HEAD") ? "GET" : method);
        if (route instanceof Plain plain) {
            return Optional.of(
                    request.getContentLengthLong() > plain.maximumBody()
                            ? tooLarge()
                            : plain.action().answer(request));
        }
        if (method.equals("OPTIONS")) {
            return Optional.of(Answer.noContent().with("Allow", allowed(methods)));
        }
        return Optional.of(notAllowed(allowed(methods)));
    }

    private static Optional<Answer> otherwise(Otherwise last, HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > NO_BODY_EXPECTED) {
            return Optional.of(tooLarge());
        }
        Optional<Answer> found = last.resource().find(request);
        return switch (request.getMethod()) {
            case "GET", "HEAD" ->
                found.isPresent() ? found : Optional.of(last.missing().answer(request));
            case "OPTIONS" -> found.map(any -> Answer.noContent().with("Allow", READ_ONLY));
            default -> found.map(any -> notAllowed(READ_ONLY));
        };
    }

    private static Answer tooLarge() {
        return Answer.text(413, "Request too large\n").with("Connection", "close");
    }

    /** The 405 that names {@code allow} as what the path has. */
    static Answer notAllowed(String allow) {
        return Answer.text(405, "Method not allowed\n").with("Allow", allow);
    }

    private @Nullable Map<String, Route> find(String path) {
        Map<String, Route> exact = paths.get(path);
        if (exact != null) {
            return exact;
        }
        if (path.equals(ANY_PATH)) {
            return Map.of();
        }
        return prefixes.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static String allowed(Map<String, ?> methods) {
        TreeSet<String> names = new TreeSet<>(methods.keySet());
        names.add("OPTIONS");
        if (names.contains("GET")) {
            names.add("HEAD");
        }
        return String.join(", ", names);
    }

    private static void add(Map<String, Map<String, Route>> routes, String path, String method, Route route) {
        Route previous =
                routes.computeIfAbsent(path, key -> new LinkedHashMap<>()).put(method, route);
        if (previous != null) {
            throw new IllegalArgumentException("two routes for " + method + " " + path);
        }
    }
}
