package org.jameschatmail.web.page;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jameschatmail.web.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's own pages, read anew for each request. {@code /} and {@code /rules} are the files {@code index.html} and
 * {@code rules.html}, with {@code index.de.html} before them where the visitor's language is German; a path with an
 * extension is the file itself. Nothing outside of the folder is given out, be it by dots or by links, nor what is hidden
 * or larger than four mebibytes. Thread-safe.
 */
final class OperatorFolder {
    static final long LARGEST = 4 * 1024 * 1024;

    private static final Logger LOGGER = LoggerFactory.getLogger(OperatorFolder.class);
    private static final int LONGEST_PATH = 255;
    private static final int MOST_SEGMENTS = 10;
    private static final Pattern SEGMENT = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_ .~-]*+");
    private static final String WELL_KNOWN = ".well-known";
    private static final String ANYTHING = "application/octet-stream";
    /** The operator's scripts and styles run; nothing comes from elsewhere. */
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("xml", "text/xml;charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    private final Path folder;
    private final AtomicBoolean warned = new AtomicBoolean();

    OperatorFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The file for a path, or a redirect to a folder's path with its last slash.
     *
     * @param path decoded, as it came
     */
    Optional<Answer> find(String path, Language language) {
        if (!isDecent(path)) {
            return Optional.empty();
        }
        try {
            Path root = folder.toRealPath();
            String name = path.substring(1);
            if (name.isEmpty() || name.endsWith("/")) {
                return page(root, name + "index", language);
            }
            Path asked = root.resolve(name);
            if (Files.isDirectory(asked)) {
                return page(root, name + "/index", language).map(index -> Answer.redirect(302, encoded(path) + "/"));
            }
            return extension(name).isEmpty() ? page(root, name, language) : file(root, asked, language);
        } catch (IOException | InvalidPathException e) {
            // A name that the system doesn't have, a link into nothing, a file that isn't ours to read.
            LOGGER.debug("Not given out of web.folder", e);
            return Optional.empty();
        }
    }

    private Optional<Answer> page(Path root, String name, Language language) throws IOException {
        for (String candidate : List.of(name + "." + language.tag() + ".html", name + ".html")) {
            Path file = root.resolve(candidate);
            if (Files.exists(file)) {
                return file(root, file, language);
            }
        }
        return Optional.empty();
    }

    private Optional<Answer> file(Path root, Path asked, Language language) throws IOException {
        if (!Files.exists(asked)) {
            return Optional.empty();
        }
        Path file = asked.toRealPath();
        if (!file.startsWith(root) || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST) {
            if (warned.compareAndSet(false, true)) {
                LOGGER.warn("web.folder has a file above {} bytes: it is not given out", LARGEST);
            }
            return Optional.empty();
        }
        String type = TYPES.getOrDefault(extension(asked.toString()), ANYTHING);
        Answer answer = Answer.of(200, type, Files.readAllBytes(file)).with("Content-Security-Policy", POLICY);
        if (type.equals(ANYTHING)) {
            return Optional.of(answer.with("Content-Disposition", "attachment"));
        }
        return Optional.of(type.startsWith("text/html") ? answer.with("Vary", "Accept-Language") : answer);
    }

    private static boolean isDecent(String path) {
        if (!path.startsWith("/") || path.length() > LONGEST_PATH) {
            return false;
        }
        String[] segments = path.substring(1).split("/");
        if (segments.length > MOST_SEGMENTS || path.contains("//")) {
            return false;
        }
        return path.equals("/")
                || IntStream.range(0, segments.length)
                        .allMatch(i ->
                                SEGMENT.matcher(segments[i]).matches() || (i == 0 && segments[i].equals(WELL_KNOWN)));
    }

    /** In lower case and without its dot; empty where the last segment has none. */
    private static String extension(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
    }

    private static String encoded(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new InvalidPathException(path, "no path of a URL");
        }
    }
}
