package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jameschatmail.web.TestSite.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRoutesTest {
    private TestSite site;

    @BeforeEach
    void start() throws IOException {
        site = TestSite.trusted();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/new", "/cgi-bin/newemail.py", "https://chat.example/new", "HTTPS://chat.example:443/new"})
    void newShouldAnswerCredentialsWhenPosted(String target) throws IOException {
        Reply reply = site.request("POST", target);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        JsonNode json = new ObjectMapper().readTree(reply.body());
        assertThat(json.get("email").textValue()).isEqualTo("ac1@chat.example");
        assertThat(json.get("password").textValue()).isEqualTo("p\"w\\1");
        assertThat(json.has("dclogin_url")).isFalse();
        assertThat(site.clients).containsExactly(InetAddress.getLoopbackAddress());
        assertThat(site.tokens).containsExactly(Optional.empty());
    }

    @Test
    void newShouldAnswerWhenNoContentLengthIsSent() throws IOException {
        assertThat(site.secure("POST /new HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void newShouldCarryLoginLinkWhenOffered() throws IOException {
        site.offer(TestSite.OFFERED_WITH_LINK);

        JsonNode json = new ObjectMapper().readTree(site.request("POST", "/new").body());

        assertThat(json.get("dclogin_url").textValue()).isEqualTo(TestSite.LINK);
    }

    @ParameterizedTest
    @CsvSource({"403, 0, (none)", "429, 1500, 2", "503, 60000, 60"})
    void newShouldTellReasonWhenRefused(int status, long waitMillis, String retryAfter) throws IOException {
        Optional<Duration> wait = waitMillis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(waitMillis));
        site.offer(new Offer.Refused(status, "Not \"now\"", wait));

        Reply reply = site.request("POST", "/new");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo("{\"reason\":\"Not \\\"now\\\"\"}");
        assertThat(reply.header("retry-after")).isEqualTo(retryAfter);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
    }

    @Test
    void newShouldRedirectToAppWhenBrowserComes() throws IOException {
        Reply reply = site.get("/new");

        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.header("location")).isEqualTo("dcaccount:https://chat.example/new");
        assertThat(site.clients).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "?token=Ab-_9, Ab-_9",
        "?x=1&token=abc&y=2, abc",
        "?token=, ",
        "?token=a%0d%0ab, ",
        "?mytoken=abc, ",
        "?token=a<b, "
    })
    void newShouldTakeTokenWhenWellFormed(String query, String token) throws IOException {
        site.request("POST", "/new" + query);

        assertThat(site.tokens).containsExactly(Optional.ofNullable(token));
        assertThat(site.get("/new" + query).header("location"))
                .isEqualTo("dcaccount:https://chat.example/new" + (token == null ? "" : "?token=" + token));
    }

    @Test
    void newShouldRefuseBodyWhenTooLarge() throws IOException {
        Reply reply = site.secure("POST /new HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(site.clients).isEmpty();
    }

    @Test
    void refusedShouldBeRejectedWhenStatusIsForeign() {
        assertThatThrownBy(() -> new Offer.Refused(418, "x", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("418");
    }

    @Test
    void offeredShouldHidePasswordWhenPrinted() {
        assertThat(TestSite.OFFERED_WITH_LINK.toString()).doesNotContain("secret-pw", "ac1");
    }
}
