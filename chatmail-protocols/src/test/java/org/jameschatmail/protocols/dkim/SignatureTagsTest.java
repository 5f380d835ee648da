package org.jameschatmail.protocols.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.verdict.Reason.NO_VALID_DKIM_SIGNATURE;
import static org.jameschatmail.protocols.dkim.DkimCheckContext.MESSAGE;
import static org.jameschatmail.protocols.dkim.DkimCheckContext.NOW;
import static org.jameschatmail.protocols.dkim.DkimCheckContext.SIGNER;

import java.io.IOException;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTagsTest {
    private static final int BODY_LENGTH = MESSAGE.length() - MESSAGE.indexOf("\r\n\r\n") - 4;

    private DkimCheckContext server;

    @BeforeEach
    void start() throws IOException {
        server = DkimCheckContext.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void signatureShouldCoverTheWholeBody() throws IOException {
        assertThat(server.judge(SIGNER.with("l", "" + BODY_LENGTH).sign(MESSAGE)))
                .isEmpty();
        assertThat(server.judge(SIGNER.with("l", "" + BODY_LENGTH).sign(MESSAGE) + "more\r\n"))
                .contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.judge(SIGNER.with("l", "" + (BODY_LENGTH - 1)).sign(MESSAGE)))
                .contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.judge(SIGNER.with("l", "0").sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.judge(SIGNER.with("l", "" + (BODY_LENGTH + 1)).sign(MESSAGE)))
                .contains(NO_VALID_DKIM_SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({
        "t, -7200, true", "t, 3500, true", "t, 3700, false",
        "x, 10, true", "x, -3500, true", "x, -3700, false"
    })
    void signatureShouldBeOfItsTime(String tag, long seconds, boolean accepted) throws IOException {
        String time = "" + NOW.plusSeconds(seconds).getEpochSecond();
        assertThat(server.judge(SIGNER.with(tag, time).sign(MESSAGE)).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void signatureShouldNotExpireBeforeItIsMade() throws IOException {
        String now = "" + NOW.getEpochSecond();
        String before = "" + NOW.minusSeconds(1).getEpochSecond();
        assertThat(server.judge(SIGNER.with("t", now).with("x", before).sign(MESSAGE)))
                .contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.judge(SIGNER.with("t", now).with("x", "9".repeat(70)).sign(MESSAGE)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "v, 2",
        "v, ''",
        "a, rsa-sha512",
        "a, rsa",
        "a, ed25519-sha256",
        "c, tidy",
        "c, relaxed/tidy",
        "c, ''",
        "d, ''",
        "d, example..org",
        "d, [192.0.2.1]",
        "s, ''",
        "s, a..b",
        "s, a b",
        "s, *",
        "h, to:subject",
        "h, ''",
        "l, -1",
        "l, x",
        "t, now",
        "t, -5",
        "x, ''",
        "q, http",
        "i, alice",
        "i, @example.com",
        "i, @org",
        "i, @notexample.org",
        "bh, '!'",
        "bh, ''"
    })
    void signatureShouldBeRefusedWhenTagIsWrong(String tag, String value) throws IOException {
        assertThat(server.judge(SIGNER.with(tag, value).sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({
        "i, alice@example.org",
        "i, @mail.example.org",
        "q, dns/txt",
        "q, http : dns/txt",
        "z, From:b=x",
        "unknown, 'a=b=c'",
        "h, ' From : To '",
        "h, From:To:Nowhere:X-None",
        "n, ''"
    })
    void signatureShouldBeAcceptedWhenTagIsUnusual(String tag, String value) throws IOException {
        assertThat(server.judge(SIGNER.with(tag, value).sign(MESSAGE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "a", "d", "s", "h"})
    void signatureShouldBeRefusedWhenTagIsMissing(String tag) throws IOException {
        String signed = SIGNER.sign(MESSAGE);
        String value = " " + tag + "=" + SIGNER.tags().get(tag) + ";";
        assertThat(signed).contains(value);
        assertThat(server.judge(signed.replaceFirst(Pattern.quote(value), ""))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=1", "bh=AAAA", "=x", "", ";", "1x=2", "novalue", "d=example.org", "z=twice"})
    void signatureShouldBeRefusedWhenTagListIsMalformed(String tag) throws IOException {
        assertThat(server.judge(SIGNER.with("z", "x; " + tag).sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void subdomainIdentityShouldBeRefusedWhenKeyIsForTheDomainAlone() throws IOException {
        Signer strict = SIGNER.with("s", "strict");
        server.dns.txt(strict.keyName(), 60, Signer.split(strict.record() + "; t=y:s"));
        assertThat(server.judge(strict.with("i", "@mail.example.org").sign(MESSAGE)))
                .contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.judge(strict.with("i", "x@example.org").sign(MESSAGE)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s, a., x",
        "h, 'from:', to",
        "h, ' ', from",
        "i, @, @",
        "z, ' ', ' '",
        "d, a., org",
        "b, ' ', A",
        "l, 9, 9",
        "c, simple/, simple",
        "'', a=b; , x=y"
    })
    @Timeout(10)
    void signatureShouldBeJudgedInLinearTimeWhenEndless(String tag, String part, String end) throws IOException {
        String endless = part.repeat(400_000 / part.length()) + end;
        String signed = SIGNER.sign(MESSAGE);
        String before = " " + tag + "=" + SIGNER.tags().get(tag) + ";";
        String field = tag.isEmpty() ? endless : tag + "=" + endless;
        String changed = signed.contains(before)
                ? signed.replace(before, " " + field + ";")
                : signed.replaceFirst("DKIM-Signature:", "DKIM-Signature: " + field + "; ");
        assertThat(server.judge(changed)).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void signatureShouldHaveABoundedNumberOfTags() throws IOException {
        int own = SIGNER.tags().size() + 2;
        Signer signer = SIGNER;
        for (int i = own; i < TagList.MAX_TAGS; i++) {
            signer = signer.with("x" + i, "");
        }
        assertThat(server.judge(signer.sign(MESSAGE))).isEmpty();
        assertThat(server.judge(signer.with("y", "").sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void signatureShouldNeverBreakTheCheckWhenRubbish() throws IOException {
        Random random = new Random(4711);
        String signed = SIGNER.sign(MESSAGE);
        int end = signed.indexOf("From:");
        for (int round = 0; round < 2000; round++) {
            char[] damaged = signed.toCharArray();
            for (int i = 0; i < 3; i++) {
                damaged[15 + random.nextInt(end - 17)] = (char) random.nextInt(256);
            }
            String message = new String(damaged);
            assertThat(server.judge(message).isPresent() || sameTags(message, signed, end))
                    .as("round " + round)
                    .isTrue();
        }
    }

    /** Blanks and the case of a field name are the only damage that relaxed signatures survive. */
    private static boolean sameTags(String damaged, String signed, int end) {
        return damaged.substring(0, end)
                .replaceAll("[ \t]+", "")
                .equalsIgnoreCase(signed.substring(0, end).replaceAll("[ \t]+", ""));
    }
}
