package org.jameschatmail.guice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.dkim.MessageSigner;
import org.jameschatmail.core.dkim.SigningKey;
import org.jameschatmail.core.dkim.SigningKey.Algorithm;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.guice.Configurations;
import org.jameschatmail.protocols.dkim.DkimCheck;
import org.jameschatmail.protocols.dkim.NameServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we sign is what a verifier of incoming mail calls valid; the two share no code. */
class SignedMessageTest {
    private static final String MESSAGE = "From: <alice@here.test>\r\nTo: \"hidden\": ;\r\nSubject:  [...]\t x \r\n"
            + "Message-ID:\r\n <m@here.test>\r\nReferences: a\r\nReferences: b\r\n\r\n"
            + ".dots\r\n..\r\n\r\nlast\r\n\r\n\r\n";
    private NameServer dns;

    @BeforeEach
    void startNameServer() throws IOException {
        dns = NameServer.start();
    }

    @AfterEach
    void stopNameServer() throws IOException {
        dns.close();
    }

    private static OutboundMessage sign(SigningKey key, String message) throws IOException {
        MessageSigner signer = new MessageSigner(new MailDomain("here.test"), List.of(key));
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        return OutboundMessage.signed(
                () -> new ByteArrayInputStream(octets),
                signer,
                Clock.systemUTC().instant());
    }

    private SigningKey publishedKey(Algorithm algorithm) {
        SigningKey key = SigningKey.generate("sel", algorithm, new SecureRandom());
        dns.txt("sel._domainkey.here.test", 60, key.record().split("(?<=\\G.{255})"));
        return key;
    }

    private Optional<Rejected> check(String message) throws IOException {
        DkimCheck check = new DkimCheck(
                Configurations.with(Map.of("dns.server", dns.address().toString()))
                        .delivery(),
                Clock.systemUTC());
        return check.check(
                new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)),
                new EmailAddress("alice", "here.test"),
                InetAddress.getLoopbackAddress());
    }

    @ParameterizedTest
    @EnumSource
    void signatureShouldBeValid(Algorithm algorithm) throws Exception {
        OutboundMessage signed = sign(publishedKey(algorithm), MESSAGE);
        String text = new String(signed.open().readAllBytes(), StandardCharsets.ISO_8859_1);

        assertThat(check(text)).isEmpty();
        assertThat(signed.size()).isEqualTo(text.length());
        assertThat(check(text.replace("last", "lost"))).isPresent();
        assertThat(check("From: <eve@here.test>\r\n" + text)).isPresent();
        assertThat(check(text.replace("Subject:", "Subject: y\r\nSubject:"))).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void signatureShouldBeValidAfterTheDotsAreTakenOff(Algorithm algorithm) throws Exception {
        OutboundMessage signed = sign(publishedKey(algorithm), MESSAGE.stripTrailing());
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        signed.writeStuffed(wire);
        String stuffed = wire.toString(StandardCharsets.ISO_8859_1);

        assertThat(signed.stuffedSize()).isEqualTo(stuffed.length());
        assertThat(stuffed).contains("\r\n..dots\r\n...\r\n").endsWith("last\r\n");
        assertThat(check(stuffed.replace("\r\n..", "\r\n."))).isEmpty();
    }
}
