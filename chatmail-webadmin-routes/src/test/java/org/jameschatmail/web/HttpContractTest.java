package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jameschatmail.web.TestSite.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every route does beside its own answer: methods, caching, forms of the target. */
class HttpContractTest {
    private static TestSite site;

    @BeforeAll
    static void start() throws IOException {
        site = TestSite.trusted();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, 60",
        "/info, 60",
        "/privacy, 60",
        "/status, 60",
        "/qr.svg, 3600",
        "/qr.png, 3600",
        "/style.css, 3600",
        "/icon.svg, 3600",
        "/robots.txt, 3600",
        "/.well-known/mta-sts.txt, 3600",
        "/.well-known/security.txt, 3600",
        "/.well-known/autoconfig/mail/config-v1.1.xml, 3600",
        "/mail/config-v1.1.xml?emailaddress=a@chat.example, 3600"
    })
    void answerShouldBeKeptAndRevalidatedWhenItIsTheSameForAll(String path, int seconds) throws IOException {
        Reply first = site.get(path);
        String tag = first.header("etag");

        assertThat(first.header("cache-control")).isEqualTo("public, max-age=" + seconds);
        assertThat(tag).matches("\"[A-Za-z0-9_-]{16}\"");
        assertThat(site.get(path).header("etag")).isEqualTo(tag);
        for (String known : new String[] {tag, "W/" + tag, "\"x\", " + tag, "*"}) {
            Reply again = revalidate("GET", path, known);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.header("etag")).isEqualTo(tag);
            assertThat(again.header("cache-control")).isEqualTo(first.header("cache-control"));
            assertThat(again.header("vary")).isEqualTo(first.header("vary"));
        }
        assertThat(revalidate("HEAD", path, tag).status()).isEqualTo(304);
        assertThat(revalidate("GET", path, "\"other\"").body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/info", "/i/" + TestSite.INVITATION, "/qr.png", "/new", "/robots.txt", "/no-such"})
    void headShouldBeGetWithoutItsBody(String path) throws IOException {
        Reply get = site.get(path);
        Reply head = site.request("HEAD", path);

        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.body()).isEmpty();
        assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
        assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
        assertThat(head.header("etag")).isEqualTo(get.header("etag"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, GET-HEAD-OPTIONS",
        "/status, GET-HEAD-OPTIONS",
        "/i/x, GET-HEAD-OPTIONS",
        "/qr.svg, GET-HEAD-OPTIONS",
        "/new, GET-HEAD-OPTIONS-POST",
        "/cgi-bin/newemail.py, GET-HEAD-OPTIONS-POST",
        "/mxdeliv, OPTIONS-POST",
        "/.well-known/mta-sts.txt, GET-HEAD-OPTIONS",
        "/.well-known/security.txt, GET-HEAD-OPTIONS",
        "/mail/config-v1.1.xml, GET-HEAD-OPTIONS"
    })
    void methodsShouldBeNamedWhenAnotherIsUsed(String path, String methods) throws IOException {
        String allow = methods.replace("-", ", ");

        Reply options = site.request("OPTIONS", path);
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("allow")).isEqualTo(allow);
        for (String method : new String[] {"DELETE", "PUT", "PATCH", "TRACE", "PROPFIND"}) {
            Reply reply = site.request(method, path);
            assertThat(reply.status()).as(method).isEqualTo(405);
            assertThat(reply.header("allow")).isEqualTo(allow);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://chat.example/info", "HTTPS://chat.example:443/info", "https://other.example/info"})
    void targetShouldBeTakenWhenItIsAbsolute(String target) throws IOException {
        assertThat(site.get(target).body()).contains("About chat.example");
    }

    @Test
    void credentialsShouldNeverBeStored() throws IOException {
        Reply reply = site.request("POST", "/new");

        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.header("etag")).isEqualTo("(none)");
        assertThat(revalidate("POST", "/new", "*").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/new, 429", "/cgi-bin/newemail.py, 429", "/new, 503"})
    void refusalShouldTellWhenToComeBack(String path, int status) throws IOException {
        site.offer(new Offer.Refused(status, "Later", Optional.of(Duration.ofSeconds(12))));
        try {
            Reply reply = site.request("POST", path);

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("retry-after")).isEqualTo("12");
            assertThat(reply.header("cache-control")).isEqualTo("no-store");
        } finally {
            site.offer(TestSite.OFFERED);
        }
    }

    private static Reply revalidate(String method, String path, String tag) throws IOException {
        return site.secure(method + " " + path + " HTTP/1.1\r\nHost: chat.example\r\nIf-None-Match: " + tag
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
}
