package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jameschatmail.web.TestSite.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorFolderTest {
    @TempDir
    static Path parent;

    private static Path folder;
    private static TestSite site;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createDirectories(parent.resolve("pages"));
        Files.writeString(parent.resolve("secret.txt"), "secret");
        site = TestSite.withFolder(folder);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** Links are removed, not followed. */
    @AfterEach
    void empty() throws IOException {
        List<Path> inside;
        try (Stream<Path> all = Files.walk(folder)) {
            inside = all.sorted(Comparator.reverseOrder())
                    .filter(path -> !path.equals(folder))
                    .toList();
        }
        for (Path path : inside) {
            Files.delete(path);
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void pagesShouldBeOursWhenFolderIsEmpty() throws IOException {
        assertThat(site.get("/").body()).contains("Open in Delta Chat");
        assertThat(site.get("/style.css").body()).contains("--page");
    }

    @ParameterizedTest
    @CsvSource({
        "/, index.html",
        "/info, info.html",
        "/privacy, privacy.html",
        "/status, status.html",
        "/style.css, style.css",
        "/icon.svg, icon.svg",
        "/robots.txt, robots.txt",
        "/rules, rules.html",
        "/rules.html, rules.html",
        "/help/, help/index.html",
        "/help/a%20b%C3%A4, help/a bä.html",
        "/.well-known/assetlinks.json, .well-known/assetlinks.json"
    })
    void fileShouldGoBeforePageWhenItIsThere(String path, String name) throws IOException {
        write(name, "the operator's");

        Reply reply = site.get(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("the operator's");
        assertThat(reply.header("cache-control")).isEqualTo("public, max-age=60");
        assertThat(reply.header("content-security-policy")).contains("default-src 'self'");
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void fileShouldBeInVisitorsLanguageWhenThereIsOne() throws IOException {
        write("rules.html", "for all");
        write("rules.de.html", "auf Deutsch");

        assertThat(site.get("/rules?lang=de").body()).isEqualTo("auf Deutsch");
        assertThat(site.get("/rules?lang=fr").body()).isEqualTo("for all");
        assertThat(site.get("/rules").header("vary")).isEqualTo("Accept-Language");
    }

    @Test
    void fileShouldBeReadAnewWhenItChanges() throws IOException {
        write("rules.html", "one");
        String tag = site.get("/rules").header("etag");
        write("rules.html", "two");

        assertThat(site.get("/rules").body()).isEqualTo("two");
        assertThat(site.get("/rules").header("etag")).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html;charset=utf-8",
        "a.CSS, text/css;charset=utf-8",
        "a.js, text/javascript;charset=utf-8",
        "a.png, image/png",
        "a.woff2, font/woff2",
        "a.exe, application/octet-stream"
    })
    void typeShouldFollowExtension(String name, String type) throws IOException {
        write(name, "x");

        Reply reply = site.get("/" + name);

        assertThat(reply.header("content-type")).isEqualTo(type);
        assertThat(reply.header("content-disposition"))
                .isEqualTo(type.startsWith("application/octet") ? "attachment" : "(none)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/help/..%2f..%2fsecret.txt",
                "/help/%2e%2e/%2e%2e/secret.txt",
                "/..%5csecret.txt",
                "/%2e%2e%5csecret.txt",
                "//secret.txt",
                "/%00secret.txt",
                "/secret.txt%00.html",
                "/.hidden",
                "/.hidden.txt",
                "/help/.hidden.txt",
                "/help/.well-known/x.txt",
                "/out.txt",
                "/outside/secret.txt",
                "/dangling.txt",
                "/a/b/c/d/e/f/g/h/i/j/k.txt",
                "/CON:x.txt",
                "/none.txt"
            })
    void nothingShouldBeGivenOutWhenItIsOutsideOrHidden(String path) throws IOException {
        write(".hidden", "secret");
        write(".hidden.txt", "secret");
        write("help/.hidden.txt", "secret");
        write("help/.well-known/x.txt", "secret");
        write("a/b/c/d/e/f/g/h/i/j/k.txt", "secret");
        Files.createSymbolicLink(folder.resolve("out.txt"), parent.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("outside"), parent);
        Files.createSymbolicLink(folder.resolve("dangling.txt"), folder.resolve("nowhere"));

        Reply reply = site.get(path);

        assertThat(reply.status()).isBetween(400, 404);
        assertThat(reply.body()).doesNotContain("secret");
    }

    @Test
    void linkShouldBeFollowedWhenItStaysInside() throws IOException {
        write("real.txt", "inside");
        Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("real.txt"));

        assertThat(site.get("/link.txt").body()).isEqualTo("inside");
    }

    @Test
    void largeFileShouldNotBeGivenOut() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("large.png").toFile(), "rw")) {
            file.setLength(4 * 1024 * 1024 + 1);
        }

        assertThat(site.get("/large.png").status()).isEqualTo(404);
    }

    @Test
    void routesShouldStayOursWhenFilesHaveTheirNames() throws IOException {
        write("new.html", "no");
        write("new", "no");
        write("i/" + TestSite.INVITATION + ".html", "no");
        write(".well-known/mta-sts.txt", "no");

        assertThat(site.get("/new").status()).isEqualTo(301);
        assertThat(site.get("/i/" + TestSite.INVITATION).body()).contains("You are invited");
        assertThat(site.get("/.well-known/mta-sts.txt").body()).startsWith("version: STSv1");
    }

    @Test
    void folderShouldLeadToItsIndexWhenSlashIsMissing() throws IOException {
        write("help/index.html", "help");

        assertThat(site.get("/help").status()).isEqualTo(302);
        assertThat(site.get("/help").header("location")).isEqualTo("/help/");
        assertThat(site.get("/other").status()).isEqualTo(404);
    }

    @Test
    void methodsShouldBeThoseOfAFile() throws IOException {
        write("rules.html", "rules");

        Reply head = site.request("HEAD", "/rules");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("content-length")).isEqualTo("5");
        assertThat(site.request("OPTIONS", "/rules").header("allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(site.request("POST", "/rules").status()).isEqualTo(405);
        assertThat(site.request("POST", "/none").status()).isEqualTo(404);
        assertThat(site.request("OPTIONS", "/none").status()).isEqualTo(404);
    }
}
