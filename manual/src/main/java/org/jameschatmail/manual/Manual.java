package org.jameschatmail.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the Markdown of a checkout into a folder of HTML pages that need nothing from elsewhere: {@code docs/}, and what
 * it names of the files beside it. A link that leads nowhere, or to a heading that isn't there, ends the build.
 */
public final class Manual {
    private static final Path DOCS = Path.of("docs");

    private final Path checkout;

    Manual(Path checkout) {
        this.checkout = checkout;
    }

    /** @param arguments the checkout, and the folder for the pages */
    public static void main(String... arguments) throws IOException {
        new Manual(Path.of(arguments[0]).toAbsolutePath().normalize()).write(Path.of(arguments[1]));
    }

    /**
     * Writes all pages, and the pictures and files in {@code docs/}.
     *
     * @param target made if need be; a page of the same name is replaced
     * @throws IllegalStateException names each broken link, and the page that has it
     */
    void write(Path target) throws IOException {
        ManualAddresses addresses = ManualAddresses.of(checkout, sources());
        Map<Path, Page> pages = new LinkedHashMap<>();
        for (Path source : addresses.pages()) {
            pages.put(source, Page.read(checkout, source, addresses.ofPage(source)));
        }
        List<String> faults = new ArrayList<>();
        pages.values().forEach(page -> faults.addAll(page.resolveLinks(addresses, pages)));
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join(System.lineSeparator(), faults));
        }
        for (Page page : pages.values()) {
            Path file = target.resolve(page.address());
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.html());
        }
        for (Path asset : addresses.assets()) {
            Path file = target.resolve(DOCS.relativize(asset));
            Files.createDirectories(file.getParent());
            Files.write(file, Files.readAllBytes(checkout.resolve(asset)));
        }
    }

    /** All files of {@code docs/} and the Markdown beside it, relative to the checkout, by name. */
    private List<Path> sources() throws IOException {
        try (Stream<Path> docs = Files.walk(checkout.resolve(DOCS));
                Stream<Path> beside = Files.list(checkout)) {
            return Stream.concat(docs, beside.filter(ManualAddresses::isMarkdown))
                    .filter(Files::isRegularFile)
                    .map(checkout::relativize)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
