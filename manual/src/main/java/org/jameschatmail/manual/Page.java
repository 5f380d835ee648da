package org.jameschatmail.manual;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;

/**
 * One page of the manual.
 *
 * @param source its Markdown, relative to the checkout
 * @param address its file in the manual
 * @param document what it shows, with the links of the Markdown until {@link #resolveLinks}
 */
record Page(Path source, Path address, Document document) {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).build();
    private static final Path FIRST = Path.of("index.html");

    static Page read(Path checkout, Path source, Path address) throws IOException {
        String markdown = Files.readString(checkout.resolve(source));
        Document document = Jsoup.parse(RENDERER.render(PARSER.parse(markdown)));
        document.outputSettings().prettyPrint(false);
        frame(document, relative(address, FIRST));
        return new Page(source, address, document);
    }

    private static void frame(Document document, Path first) throws IOException {
        Element main = new Element("main");
        main.appendChildren(document.body().childNodesCopy());
        document.body().empty();
        document.body()
                .appendElement("nav")
                .appendElement("a")
                .attr("href", first.toString())
                .text("James Chatmail");
        document.body().appendChild(main);
        // A table that is wider than a phone is scrolled by itself.
        main.select("table").wrap("<div class=\"wide\"></div>");
        String heading =
                Optional.ofNullable(main.selectFirst("h1")).map(Element::text).orElse("Manual");
        document.title(heading + " – James Chatmail");
        document.head().prependElement("meta").attr("name", "viewport").attr("content", "width=device-width");
        document.head().prependElement("meta").attr("charset", "utf-8");
        document.head().appendElement("style").appendText(style());
        document.expectFirst("html").attr("lang", "en");
        document.prependChild(new DocumentType("html", "", ""));
    }

    private String heading() {
        return heading(document);
    }

    private static String heading(Document document) {
        return Optional.ofNullable(document.selectFirst("h1"))
                .map(Element::text)
                .orElse("Manual");
    }

    private static String style() throws IOException {
        try (InputStream css = Page.class.getResourceAsStream("manual.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Makes the links lead to the pages of the manual. One that shows no more than a file name gets that page's heading.
     *
     * @return a line for each link that leads nowhere
     */
    List<String> resolveLinks(ManualAddresses addresses, Map<Path, Page> pages) {
        List<String> faults = new ArrayList<>();
        for (Element element : document.select("main a[href], main img[src]")) {
            String attribute = element.hasAttr("href") ? "href" : "src";
            URI link = URI.create(element.attr(attribute));
            if (link.getScheme() == null) {
                Page linked = pages.get(target(link));
                if (linked != null && element.text().equals(link.getPath())) {
                    element.text(linked.heading());
                }
                resolve(link, addresses, pages)
                        .ifPresentOrElse(
                                target -> element.attr(attribute, target),
                                () -> faults.add(source + " leads to " + link + ", which isn't there"));
            }
        }
        return faults;
    }

    private Optional<String> resolve(URI link, ManualAddresses addresses, Map<Path, Page> pages) {
        Path target = target(link);
        String heading = link.getFragment();
        Page linked = pages.get(target);
        if (heading != null && (linked == null || !linked.has(heading))) {
            return Optional.empty();
        }
        return addresses.of(target).map(found -> relative(address, found) + (heading == null ? "" : "#" + heading));
    }

    private Path target(URI link) {
        return link.getPath().isEmpty()
                ? source
                : source.resolveSibling(link.getPath()).normalize();
    }

    private boolean has(String heading) {
        return document.getElementById(heading) != null;
    }

    private static Path relative(Path from, Path to) {
        Path folder = from.getParent();
        return folder == null ? to : folder.relativize(to);
    }

    String html() {
        return document.outerHtml();
    }
}
