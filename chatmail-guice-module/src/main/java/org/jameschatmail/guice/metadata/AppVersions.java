package org.jameschatmail.guice.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest versions of apps, which clients read as one line of JSON: {@code {"clients":[{"clientId":…,
 * "sources":[{"sourceId":…,"versionInteger":…,"versionString":…,"downloadUrl":…}]}]}}. The operator's file (key {@code
 * app.versions}, at most 64 KiB) is looked at again every ten seconds; while what it says can't be used, what it said
 * before stays. Thread-safe.
 */
public final class AppVersions {
    private static final Logger LOGGER = LoggerFactory.getLogger(AppVersions.class);
    private static final String KEY = "app.versions";
    private static final int LARGEST = 64 * 1024;
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private record State(FileTime modified, long size) {}

    private final Optional<Path> file;
    private final Clock clock;
    private Optional<String> line = Optional.empty();
    /** What the file was when it was read, good or bad; null before the first time. */
    private @Nullable Optional<State> seen;

    private Instant nextLook = Instant.MIN;

    private AppVersions(Optional<Path> file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Reads the file, where there is one.
     *
     * @throws IOException with a sentence for the operator, where it can't be used
     */
    public static AppVersions open(Optional<Path> file, Clock clock) throws IOException {
        AppVersions versions = new AppVersions(file, clock);
        if (file.isPresent()) {
            versions.takeUp(file.get());
        }
        return versions;
    }

    /** What clients are told, if anything. */
    public synchronized Optional<String> line() {
        if (file.isPresent() && !clock.instant().isBefore(nextLook)) {
            try {
                takeUp(file.get());
            } catch (IOException e) {
                LOGGER.warn("{}; clients are told what it said before", e.getMessage());
            }
        }
        return line;
    }

    private synchronized void takeUp(Path path) throws IOException {
        nextLook = clock.instant().plus(PAUSE);
        Optional<State> now = Files.exists(path)
                ? Optional.of(new State(Files.getLastModifiedTime(path), Files.size(path)))
                : Optional.empty();
        if (!now.equals(seen)) {
            seen = now;
            line = Optional.of(read(path));
        }
    }

    private static String read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IOException(KEY + ": " + path + " is larger than 64 KiB");
            }
            JsonNode versions = JSON.readTree(content);
            if (!isWellFormed(versions)) {
                throw new IOException(KEY + ": " + path
                        + " isn't of the form {\"clients\":[{\"clientId\":\"\",\"sources\":[{\"sourceId\":\"\","
                        + "\"versionInteger\":0,\"versionString\":\"\",\"downloadUrl\":\"\"}]}]}");
            }
            return JSON.writeValueAsString(versions);
        } catch (JsonProcessingException e) {
            throw new IOException(KEY + ": " + path + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (NoSuchFileException e) {
            throw new IOException(KEY + ": there is no file " + path, e);
        }
    }

    private static boolean isWellFormed(JsonNode versions) {
        return isList(versions.path("clients")) && all(versions.path("clients"), AppVersions::isClient);
    }

    private static boolean isClient(JsonNode client) {
        return client.path("clientId").isTextual()
                && isList(client.path("sources"))
                && all(client.path("sources"), AppVersions::isSource);
    }

    private static boolean isSource(JsonNode source) {
        return source.path("versionInteger").isIntegralNumber()
                && List.of("sourceId", "versionString", "downloadUrl").stream()
                        .allMatch(name -> source.path(name).isTextual());
    }

    private static boolean isList(JsonNode node) {
        return node.isArray();
    }

    private static boolean all(JsonNode list, Predicate<JsonNode> shape) {
        for (JsonNode element : list) {
            if (!shape.test(element)) {
                return false;
            }
        }
        return true;
    }
}
