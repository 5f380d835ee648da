package org.jameschatmail.core.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jameschatmail.core.Eml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRewriteTest {
    private static final Eml MESSAGE = Eml.of("""
            Received: from [192.0.2.1]
             by relay
            From: <a@example.org>
            X-Originating-IP: [192.0.2.1]
            X-Received: kept
            x-mailer: Mailer
            \tfolded
            Subject: =?utf-8?q?secret?=
             and more
            USER-AGENT: Agent
            DKIM-Signature: v=1;
            \tb=AA
            Authentication-Results: here;
             dkim=pass
            Content-Type:  multipart/mixed;
            \tboundary=b

            --b
            Subject: of a part
            Received: of a part

            User-Agent: in a body
            --b--
            """);

    @Test
    void submittedShouldDropClientFieldsAndReplaceSubject() throws IOException {
        assertThat(apply(HeaderRewrite.SUBMITTED, MESSAGE)).isEqualTo(Eml.of("""
                From: <a@example.org>
                X-Received: kept
                Subject: [...]
                DKIM-Signature: v=1;
                \tb=AA
                Authentication-Results: here;
                 dkim=pass
                Content-Type:  multipart/mixed;
                \tboundary=b

                --b
                Subject: of a part
                Received: of a part

                User-Agent: in a body
                --b--
                """));
    }

    @Test
    void storedShouldDropTracesAndKeepSubject() throws IOException {
        Eml expected = MESSAGE.with("Received: from [192.0.2.1]\n by relay\n", "")
                .with("DKIM-Signature: v=1;\n\tb=AA\n", "")
                .with("Authentication-Results: here;\n dkim=pass\n", "");
        assertThat(apply(HeaderRewrite.STORED, MESSAGE)).isEqualTo(expected);
    }

    @Test
    void andShouldDoBoth() throws IOException {
        Eml submitted = apply(HeaderRewrite.SUBMITTED, MESSAGE);
        assertThat(apply(HeaderRewrite.SUBMITTED.and(HeaderRewrite.STORED), MESSAGE))
                .isEqualTo(apply(HeaderRewrite.STORED, submitted));
        assertThat(apply(HeaderRewrite.STORED.and(HeaderRewrite.SUBMITTED), MESSAGE))
                .isEqualTo(apply(HeaderRewrite.STORED, submitted));
    }

    @Test
    void submittedShouldLeaveSubjectMissing() throws IOException {
        Eml message = Eml.of("From: <a@example.org>\n\nSubject: in the body\n");
        assertThat(apply(HeaderRewrite.SUBMITTED, message)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "From: a", "From: a\n", "no field\n \nFrom: a\n\nbody", "\nReceived: in the body\n"})
    void rewriteShouldKeepOctetsWhenNothingIsNamed(String text) throws IOException {
        assertThat(apply(HeaderRewrite.SUBMITTED, Eml.of(text))).isEqualTo(Eml.of(text));
        assertThat(apply(HeaderRewrite.STORED, new Eml(text))).isEqualTo(new Eml(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Received: x", "RECEIVED : x\r\n", "received:\r\n\tx\r\n y\r\n"})
    void rewriteShouldDropWholeField(String field) throws IOException {
        assertThat(apply(HeaderRewrite.STORED, new Eml(field)).text()).isEmpty();
    }

    @Test
    void rewriteShouldKeepFixtureWhenAppliedTwice() throws IOException {
        Eml once = apply(HeaderRewrite.SUBMITTED, Eml.fixture("thunderbird"));
        assertThat(apply(HeaderRewrite.SUBMITTED, once)).isEqualTo(once);
    }

    @Test
    void rewriteShouldFailWhenHeaderHasNoEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThatThrownBy(() -> HeaderRewrite.STORED.apply(endless)).isInstanceOf(IOException.class);
    }

    @Test
    void rewriteShouldFailWhenHeaderIsAboveAMebibyte() throws IOException {
        String lines = ("X: " + "x".repeat(1019) + "\r\n").repeat(1023);
        Eml exact = new Eml(lines + "X: " + "x".repeat(1017) + "\r\n\r\n");
        assertThat(exact.bytes()).hasSize(1 << 20);
        assertThat(apply(HeaderRewrite.STORED, exact)).isEqualTo(exact);
        Eml larger = new Eml("X" + exact.text());
        assertThatThrownBy(() -> apply(HeaderRewrite.STORED, larger)).isInstanceOf(IOException.class);
    }

    @Test
    void rewriteShouldStreamBody() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream message =
                new ByteArrayInputStream(Eml.fixture("delta-chat-large").bytes()) {
                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                };
        try (InputStream rewritten = HeaderRewrite.SUBMITTED.apply(message)) {
            assertThat(message.available()).isGreaterThan(15_000);
            assertThat(rewritten.readAllBytes()).endsWith("--\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(closed[0]).isTrue();
    }

    private static Eml apply(HeaderRewrite rewrite, Eml message) throws IOException {
        try (InputStream rewritten = rewrite.apply(message.stream())) {
            return new Eml(new String(rewritten.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }
}
