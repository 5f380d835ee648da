package org.jameschatmail.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path checkout;
    private Path pages;

    @BeforeEach
    void begin() throws IOException {
        checkout = folder.resolve("checkout");
        pages = folder.resolve("pages");
        write("docs/README.md", "# First\n\n[next](next.md#what-comes) and [next.md](next.md)\n");
        write("docs/next.md", "# Next\n\n## What comes\n\n| a | b |\n|---|---|\n| 1 | `<2>` |\n");
        write("README.md", "# Project\n\n<img src=\"docs/picture.svg\">\n");
        write("docs/picture.svg", "<svg/>");
    }

    @Test
    void everyLinkOfTheManualShouldLeadToSomethingWhenItIsMadeOfThisCheckout() throws IOException {
        Path distribution = folder.resolve("distribution");
        Path docs = distribution.resolve("docs");
        new Manual(CHECKOUT).write(docs);

        for (Path page : files(docs, ".html")) {
            for (Element link : Jsoup.parse(page).select("a[href], img[src]")) {
                URI target = URI.create(link.hasAttr("href") ? link.attr("href") : link.attr("src"));
                if (target.getScheme() == null && !target.getPath().isEmpty()) {
                    Path file = page.resolveSibling(target.getPath()).normalize();
                    Path packed = distribution.relativize(file);
                    assertThat(Files.exists(file)
                                    || Files.exists(CHECKOUT.resolve(packed))
                                    || Files.exists(CHECKOUT.resolve("assembly/src/dist")
                                            .resolve(packed)))
                            .as("%s in %s", target, page)
                            .isTrue();
                }
            }
        }
        assertThat(files(docs, ".html")).hasSameSizeAs(markdown());
    }

    @Test
    void linkShouldLeadToTheHeadingWhenItNamesOne() throws IOException {
        new Manual(checkout).write(pages);

        Document first = Jsoup.parse(pages.resolve("index.html"));
        assertThat(first.title()).isEqualTo("First – James Chatmail");
        assertThat(first.select("main a").eachAttr("href")).containsExactly("next.html#what-comes", "next.html");
        assertThat(Jsoup.parse(pages.resolve("next.html")).getElementById("what-comes"))
                .isNotNull();
    }

    @Test
    void linkShouldShowTheHeadingWhenItShowedAFileName() throws IOException {
        new Manual(checkout).write(pages);

        assertThat(Jsoup.parse(pages.resolve("index.html")).select("main a").eachText())
                .containsExactly("next", "Next");
    }

    @Test
    void tableShouldShowItsCellsAsTheyAreWritten() throws IOException {
        new Manual(checkout).write(pages);

        assertThat(Jsoup.parse(pages.resolve("next.html")).select("td").eachText())
                .containsExactly("1", "<2>");
    }

    @Test
    void pictureShouldBeFoundWhenAPageBesideTheFolderNamesIt() throws IOException {
        new Manual(checkout).write(pages);

        assertThat(Jsoup.parse(pages.resolve("project.html")).select("img").attr("src"))
                .isEqualTo("picture.svg");
        assertThat(pages.resolve("picture.svg")).hasContent("<svg/>");
    }

    @Test
    void buildShouldNameTheLinksThatLeadNowhere() throws IOException {
        write("docs/next.md", "[a](gone.md) [b](README.md#gone) [c](../pom.xml) [d](https://delta.chat)");
        write("pom.xml", "");

        assertThatThrownBy(() -> new Manual(checkout).write(pages))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("docs/next.md leads to gone.md")
                .hasMessageContaining("docs/next.md leads to README.md#gone")
                .hasMessageContaining("docs/next.md leads to ../pom.xml")
                .hasMessageNotContaining("delta.chat");
        assertThat(pages).doesNotExist();
    }

    private void write(String file, String text) throws IOException {
        Path path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static List<Path> markdown() throws IOException {
        List<Path> found = files(CHECKOUT.resolve("docs"), ".md");
        try (Stream<Path> beside = Files.list(CHECKOUT)) {
            return Stream.concat(found.stream(), beside.filter(ManualAddresses::isMarkdown))
                    .toList();
        }
    }

    private static List<Path> files(Path root, String end) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
