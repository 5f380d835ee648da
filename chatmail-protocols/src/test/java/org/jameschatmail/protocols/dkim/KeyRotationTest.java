package org.jameschatmail.protocols.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.verdict.Reason.DKIM_KEY_UNAVAILABLE;
import static org.jameschatmail.core.verdict.Reason.NO_VALID_DKIM_SIGNATURE;
import static org.jameschatmail.protocols.dkim.DkimCheckContext.MESSAGE;
import static org.jameschatmail.protocols.dkim.DkimCheckContext.SIGNER;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class KeyRotationTest {
    private static final String NAME = SIGNER.keyName();
    private static final Signer ROTATED = new Signer(Signer.rsa(2048, "", "").keys(), SIGNER.tags());

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
    void checkShouldAskForAKeyOnceForManyMessages() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(server.judge(SIGNER.sign(MESSAGE))).isEmpty();
        }
        assertThat(server.dns.questions(NAME)).isOne();
    }

    @Test
    void checkShouldAskAnewWhenTheKeyHasChanged() throws IOException {
        assertThat(server.judge(SIGNER.sign(MESSAGE))).isEmpty();
        server.dns.txt(NAME, 3600, ROTATED.strings());
        assertThat(server.judge(ROTATED.sign(MESSAGE))).isEmpty();
        assertThat(server.dns.questions(NAME)).isEqualTo(2);
        assertThat(server.judge(SIGNER.sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldAskAnewWhenTheKeyFailedBefore() throws IOException {
        assertThat(server.judge(ROTATED.sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
        server.dns.txt(NAME, 3600, ROTATED.strings());
        assertThat(server.judge(ROTATED.sign(MESSAGE))).isEmpty();
        assertThat(server.dns.questions(NAME)).isEqualTo(2);
    }

    @Test
    void checkShouldForgetKeyThatIsRevokedInTheMeantime() throws IOException {
        assertThat(server.judge(SIGNER.sign(MESSAGE))).isEmpty();
        server.dns.txt(NAME, 3600, "v=DKIM1; p=");
        assertThat(server.judge(ROTATED.sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.judge(SIGNER.sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldKeepTheKeyWhenOnlyTheBodyIsDamaged() throws IOException {
        assertThat(server.judge(SIGNER.sign(MESSAGE))).isEmpty();
        assertThat(server.judge(SIGNER.sign(MESSAGE) + "x")).contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.judge(SIGNER.sign(MESSAGE))).isEmpty();
        assertThat(server.dns.questions(NAME)).isOne();
    }

    @Test
    void checkShouldBeRefusedForGoodWhenKeyIsRevokedOrMissing() throws IOException {
        server.dns.txt(NAME, 3600, "v=DKIM1; p=");
        assertThat(server.judge(SIGNER.sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
        server.dns.rcode(NAME, Rcode.NXDOMAIN);
        assertThat(server.judge(SIGNER.sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldBeRefusedForNowWhenDnsIsInTrouble() throws IOException {
        server.dns.rcode(NAME, Rcode.SERVFAIL);
        assertThat(server.judge(SIGNER.sign(MESSAGE))).contains(DKIM_KEY_UNAVAILABLE);
    }

    @Test
    void checkShouldBeRefusedForNowWhenKeyFailsAndDnsIsInTrouble() throws IOException {
        assertThat(server.judge(SIGNER.sign(MESSAGE))).isEmpty();
        server.dns.rcode(NAME, Rcode.SERVFAIL);
        assertThat(server.judge(ROTATED.sign(MESSAGE))).contains(DKIM_KEY_UNAVAILABLE);
    }

    @Test
    void checkShouldAcceptValidSignatureWhenKeyOfAnotherIsUnavailable() throws IOException {
        Signer lost = SIGNER.with("s", "lost");
        server.dns.rcode(lost.keyName(), Rcode.SERVFAIL);
        String field = lost.sign(MESSAGE);
        String both = field.substring(0, field.indexOf("From:")) + SIGNER.sign(MESSAGE);
        assertThat(server.judge(both)).isEmpty();
    }

    @Test
    void checkShouldSpendItsPatienceOncePerMessage() throws IOException {
        try (DkimCheckContext impatient = DkimCheckContext.start(Duration.ofSeconds(1))) {
            String message = MESSAGE;
            for (int i = 0; i < DkimCheck.MAX_SIGNATURES; i++) {
                Signer silent = SIGNER.with("s", "silent" + i);
                impatient.dns.silent(silent.keyName());
                String signed = silent.sign(MESSAGE);
                message = signed.substring(0, signed.indexOf("From:")) + message;
            }
            long start = System.nanoTime();
            assertThat(impatient.judge(message)).contains(DKIM_KEY_UNAVAILABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        }
    }
}
