package org.jameschatmail.protocols.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jameschatmail.core.verdict.Reason.FROM_IS_NOT_THE_CONNECTED_ADDRESS;
import static org.jameschatmail.core.verdict.Reason.MALFORMED_MESSAGE;
import static org.jameschatmail.core.verdict.Reason.NO_DKIM_SIGNATURE;
import static org.jameschatmail.core.verdict.Reason.NO_VALID_DKIM_SIGNATURE;
import static org.jameschatmail.protocols.dkim.DkimCheckContext.MESSAGE;
import static org.jameschatmail.protocols.dkim.DkimCheckContext.SIGNER;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.configuration.DeliveryConfiguration;
import org.jameschatmail.core.configuration.LocalDeliveryMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DkimCheckTest {
    private DkimCheckContext server;

    @BeforeEach
    void start() throws IOException {
        server = DkimCheckContext.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dkimpy-simple-simple",
                "dkimpy-simple-relaxed",
                "dkimpy-relaxed-simple",
                "dkimpy-relaxed-relaxed",
                "dkimpy-ed25519",
                "dkimpy-length",
                "dkimpy-empty-body-simple",
                "dkimpy-empty-body-relaxed",
                "dkimpy-no-final-line-break",
                "dkimpy-utf8",
                "dkimpy-1024",
                "dkimpy-identity-in-subdomain",
                "opendkim-simple-simple",
                "opendkim-relaxed-relaxed"
            })
    void checkShouldAcceptMessageSignedByOthers(String fixture) throws IOException {
        DkimFixture.publishKeys(server.dns);
        assertThat(server.judge(DkimFixture.message(fixture))).isEmpty();
    }

    @Test
    void checkShouldAcceptEachSignatureOfRfc8463() throws IOException {
        DkimFixture.publishKeys(server.dns);
        String both = DkimFixture.message("rfc8463-appendix-a");
        String rsaAlone = both.substring(both.indexOf("DKIM-Signature", 1));
        String ed25519Alone =
                both.substring(0, both.indexOf("DKIM-Signature", 1)) + both.substring(both.indexOf("From:"));
        assertThat(server.judge(rsaAlone, "football.example.com")).isEmpty();
        assertThat(server.judge(ed25519Alone, "football.example.com")).isEmpty();
        assertThat(server.judge(ed25519Alone.replace("lost", "won"), "football.example.com"))
                .contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldRefuseSha1EvenWhenValid() throws IOException {
        DkimFixture.publishKeys(server.dns);
        assertThat(server.judge(DkimFixture.message("opendkim-rsa-sha1"))).contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.judge(SIGNER.with("a", "rsa-sha1").sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldRefuseMessageWithoutSignature() throws IOException {
        assertThat(server.judge(MESSAGE)).contains(NO_DKIM_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed", "relaxed", "simple"})
    void checkShouldAcceptEveryCanonicalization(String forms) throws IOException {
        assertThat(server.judge(SIGNER.with("c", forms).sign(MESSAGE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "simple/simple,   To:  <bob, To: <bob",
        "relaxed/simple,  To:  <bob, To:  <rob",
        "relaxed/simple,  To:  <bob, To:  < bob",
        "relaxed/relaxed, another., another!",
        "relaxed/simple,  another., 'another. '",
        "relaxed/relaxed, and another, andanother",
        "simple/simple,   Alice <alice, Alice <mallory",
        "simple/simple,   From: Alice, from: Alice"
    })
    void checkShouldRefuseMessageChangedOnItsWay(String forms, String before, String after) throws IOException {
        String signed = SIGNER.with("c", forms).sign(MESSAGE);
        assertThat(signed).contains(before.strip());
        assertThat(server.judge(signed.replace(before, after))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldAcceptRelaxedMessageTidiedOnItsWay() throws IOException {
        String signed = SIGNER.with("c", "relaxed/relaxed").sign(MESSAGE);
        String tidied = signed.replace("To:  <bob", "tO :\r\n\t <bob")
                .replace("One \t line  ", "One line")
                .concat("\r\n\r\n")
                .replace("; s=", ";\r\n\ts = ");
        assertThat(server.judge(tidied.replace("s = ", "s="))).isEmpty();
    }

    @Test
    void checkShouldRefuseTextAddedByMailingList() throws IOException {
        String signed = SIGNER.sign(MESSAGE);
        assertThat(server.judge(signed + "-- \r\nlist footer\r\n")).contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.judge(signed.replace("[...]", "[list] [...]"))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldAcceptFieldsAddedOnTop() throws IOException {
        String signed = SIGNER.sign(MESSAGE);
        assertThat(server.judge("Received: from a by b;\r\n\tnow\r\nX-Spam: no\r\n" + signed))
                .isEmpty();
    }

    @Test
    void checkShouldCountRepeatedFieldsFromTheBottom() throws IOException {
        String message = "X-Hop: 2\r\nX-Hop: 1\r\n" + MESSAGE;
        String one = SIGNER.with("h", "from:x-hop").sign(message);
        assertThat(server.judge(one)).isEmpty();
        assertThat(server.judge("X-Hop: 3\r\n" + one)).isEmpty();
        assertThat(server.judge(one.replace("X-Hop: 2", "X-Hop: 7"))).isEmpty();
        assertThat(server.judge(one.replace("X-Hop: 1", "X-Hop: 7"))).contains(NO_VALID_DKIM_SIGNATURE);
        String both = SIGNER.with("h", "from:x-hop:x-hop").sign(message);
        assertThat(server.judge("X-Hop: 3\r\n" + both)).isEmpty();
        assertThat(server.judge(both.replace("X-Hop: 2", "X-Hop: 7"))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldNotCountTheSignatureAmongTheFieldsItSigns() throws IOException {
        assertThat(server.judge(SIGNER.with("h", "from:dkim-signature").sign(MESSAGE)))
                .isEmpty();
        String twice = SIGNER.with("h", "from:dkim-signature")
                .sign(SIGNER.with("s", "unknown").sign(MESSAGE));
        assertThat(server.judge(twice)).isEmpty();
        assertThat(server.judge(twice.replace("s=unknown", "s=other"))).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldRefuseOversignedFieldThatWasAdded() throws IOException {
        Signer oversigning = SIGNER.with("h", "from:subject:subject:to:to");
        String signed = oversigning.sign(MESSAGE);
        assertThat(server.judge(signed)).isEmpty();
        assertThat(server.judge("Subject: other\r\n" + signed)).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldRefuseSecondFromWhateverIsSigned() throws IOException {
        String signed = SIGNER.with("h", "from:to").sign(MESSAGE);
        assertThat(server.judge("From: <mallory@example.org>\r\n" + signed)).contains(MALFORMED_MESSAGE);
        assertThat(server.judge(signed.replace("Subject:", "From : <mallory@example.org>\r\nSubject:")))
                .contains(MALFORMED_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.example.org", "org", "example.com", "evil-example.org", "example.org.evil.example"})
    void checkShouldRefuseSignatureOfAnyOtherDomain(String domain) throws IOException {
        Signer other = SIGNER.with("d", domain);
        server.dns.txt(other.keyName(), 3600, other.strings());
        assertThat(server.judge(other.sign(MESSAGE))).contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.dns.questions(other.keyName())).isZero();
    }

    @Test
    void checkShouldCompareDomainsInAnyCase() throws IOException {
        assertThat(server.judge(SIGNER.with("d", "Example.ORG").sign(MESSAGE), "eXAMPLE.org"))
                .isEmpty();
    }

    @Test
    void checkShouldTakePunycodeForTheNameInUnicode() throws IOException {
        Signer signer = SIGNER.with("d", "xn--bcher-kva.example");
        server.dns.txt(signer.keyName(), 3600, signer.strings());
        assertThat(server.judge(signer.sign(MESSAGE), "b\u00fccher.example")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uff45xample.org", "example\u3002org", "e\u00adxample.org"})
    void checkShouldRefuseNameThatUnicodeOnlyMapsToTheSigner(String domain) throws IOException {
        assertThat(server.judge(SIGNER.sign(MESSAGE), domain)).contains(NO_VALID_DKIM_SIGNATURE);
    }

    @Test
    void checkShouldAcceptOneValidSignatureAmongOthers() throws IOException {
        Signer stranger = Signer.rsa(1024, "list.example", "x");
        String signed = SIGNER.sign(MESSAGE);
        String broken = SIGNER.with("bh", "AAAA").sign(MESSAGE);
        String junk = "DKIM-Signature: nonsense\r\n";
        String brokenAlone = broken.substring(0, broken.indexOf("From:"));
        assertThat(server.judge(stranger.sign(junk + brokenAlone + signed))).isEmpty();
    }

    @Test
    void checkShouldAskForOneKeyOnceAmongManySignatures() throws IOException {
        Signer wrongKey = new Signer(Signer.rsa(1024, "", "").keys(), SIGNER.tags());
        String field = wrongKey.sign(MESSAGE);
        String many = field.substring(0, field.indexOf("From:")).repeat(100);
        assertThat(server.judge(many + MESSAGE)).contains(NO_VALID_DKIM_SIGNATURE);
        assertThat(server.dns.questions(SIGNER.keyName())).isOne();
    }

    @Test
    void checkShouldTryTenSignaturesOfTheDomainAtMost() throws IOException {
        String many = MESSAGE;
        for (int i = 0; i < DkimCheck.MAX_SIGNATURES + 5; i++) {
            String signed = SIGNER.with("s", "unknown" + i).sign(MESSAGE);
            many = signed.substring(0, signed.indexOf("From:")) + many;
        }
        assertThat(server.judge(many)).contains(NO_VALID_DKIM_SIGNATURE);
        int asked = 0;
        for (int i = 0; i < DkimCheck.MAX_SIGNATURES + 5; i++) {
            asked += server.dns.questions("unknown" + i + "._domainkey.example.org");
        }
        assertThat(asked).isEqualTo(DkimCheck.MAX_SIGNATURES);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1,true", "192.0.2.2,false", "ipv6:2001:db8::1,false"})
    void checkShouldCompareAddressLiteralWithTheConnection(String address, boolean accepted) throws IOException {
        assertThat(server.judge(MESSAGE, "[" + address + "]"))
                .isEqualTo(accepted ? Optional.empty() : Optional.of(FROM_IS_NOT_THE_CONNECTED_ADDRESS));
    }

    @Test
    void checkShouldAskTheConfiguredServers() throws IOException {
        DeliveryConfiguration delivery = new DeliveryConfiguration(
                LocalDeliveryMode.DIRECT,
                Optional.empty(),
                List.of(server.dns.address()),
                DeliveryConfiguration.DEFAULT.retryFirst(),
                DeliveryConfiguration.DEFAULT.lifetime());
        DkimCheck check = new DkimCheck(delivery, Clock.systemUTC());
        InputStream message = new ByteArrayInputStream(SIGNER.sign(MESSAGE).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.check(message, new EmailAddress("alice", "example.org"), InetAddress.getLoopbackAddress()))
                .isEmpty();
    }

    @Test
    void checkShouldRefuseHeaderThatIsTooLargeOrNone() throws IOException {
        String huge = "X: " + "x".repeat(HeaderBlock.MAX_BYTES) + "\r\n";
        assertThat(server.judge(huge + SIGNER.sign(MESSAGE))).contains(MALFORMED_MESSAGE);
        assertThat(server.judge(SIGNER.sign(MESSAGE).replace("Subject:", huge + "Subject:")))
                .contains(MALFORMED_MESSAGE);
        assertThat(server.judge(" leading blank\r\n" + SIGNER.sign(MESSAGE))).contains(MALFORMED_MESSAGE);
        assertThat(server.judge("no field\r\n" + SIGNER.sign(MESSAGE))).contains(MALFORMED_MESSAGE);
        assertThat(server.judge("")).contains(MALFORMED_MESSAGE);
    }
}
