package org.jameschatmail.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that is in it. */
public final class FileTree {
    private FileTree() {}

    /** Deletes it; nothing happens when there is none. Follows no symbolic links. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            empty(folder);
            Files.delete(folder);
        }
    }

    /** Deletes all that is in it. */
    public static void empty(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> childrenFirst = tree.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : childrenFirst) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The octets of all files in it. */
    public static long octets(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
    }
}
