package org.jameschatmail.manual;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the files of a checkout are in the manual, which lies in {@code docs/} of the distribution.
 *
 * @param checkout absolute
 * @param pages Markdown, relative to the checkout
 * @param assets other files of {@code docs/}, relative to the checkout
 */
record ManualAddresses(Path checkout, List<Path> pages, List<Path> assets) {
    private static final Path DOCS = Path.of("docs");
    private static final Path CONF = Path.of("conf");
    private static final Path DISTRIBUTED = Path.of("assembly/src/dist");
    private static final String README = "README.md";
    private static final Path OUTSIDE = Path.of("..");

    static ManualAddresses of(Path checkout, List<Path> sources) {
        return new ManualAddresses(
                checkout,
                sources.stream().filter(ManualAddresses::isMarkdown).toList(),
                sources.stream().filter(source -> !isMarkdown(source)).toList());
    }

    static boolean isMarkdown(Path file) {
        return file.toString().endsWith(".md");
    }

    /** A page's file in the manual: each {@code README.md} of {@code docs/} is the first one of its folder. */
    Path ofPage(Path source) {
        if (source.startsWith(DOCS)) {
            Path inside = DOCS.relativize(source);
            return inside.endsWith(README) ? inside.resolveSibling("index.html") : html(inside.toString());
        }
        return source.endsWith(README)
                ? Path.of("project.html")
                : html(source.toString().toLowerCase(Locale.ROOT));
    }

    private static Path html(String markdown) {
        return Path.of(markdown.substring(0, markdown.length() - ".md".length()) + ".html");
    }

    /**
     * Where a link to a file of the checkout leads from within the manual, relative to its folder.
     *
     * @param source relative to the checkout
     * @return empty when the file isn't there, or has no place in the manual or the distribution
     */
    Optional<Path> of(Path source) {
        if (pages.contains(source)) {
            return Optional.of(ofPage(source));
        }
        if (!Files.exists(checkout.resolve(source))) {
            return Optional.empty();
        }
        if (assets.contains(source)) {
            return Optional.of(DOCS.relativize(source));
        }
        if (source.startsWith(CONF)) {
            return Optional.of(OUTSIDE.resolve(source));
        }
        return source.startsWith(DISTRIBUTED)
                ? Optional.of(OUTSIDE.resolve(DISTRIBUTED.relativize(source)))
                : Optional.empty();
    }
}
