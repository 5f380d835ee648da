package org.jameschatmail.protocols.dkim;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.address.EmailAddress;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;

/** A check that asks a name server of the test's own. */
final class DkimCheckContext implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    static final Signer SIGNER = Signer.rsa(2048, "example.org", "test");
    /** Two blanks in To, so that simple and relaxed differ. */
    static final String MESSAGE = """
            From: Alice <alice@example.org>
            To:  <bob@chat.example>
            Subject: [...]
            Date: Sun, 22 Nov 2026 10:00:00 +0000

            One \t line \s
            and another.
            """.replace("\n", "\r\n");

    final NameServer dns;
    final DkimCheck check;

    private DkimCheckContext(NameServer dns, Duration patience) {
        this.dns = dns;
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        DkimKeys keys = new DkimKeys(new KeyRecords(List.of(dns.address()))::lookUp, clock);
        this.check = new DkimCheck(keys, clock, patience);
        dns.txt(SIGNER.keyName(), 3600, SIGNER.strings());
    }

    static DkimCheckContext start() throws IOException {
        return start(Duration.ofSeconds(5));
    }

    static DkimCheckContext start(Duration patience) throws IOException {
        return new DkimCheckContext(NameServer.start(), patience);
    }

    /** What becomes of a message of alice@example.org. */
    Optional<Reason> judge(String message) throws IOException {
        return judge(message, "example.org");
    }

    Optional<Reason> judge(String message, String fromDomain) throws IOException {
        return check.check(
                        new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)),
                        new EmailAddress("alice", fromDomain),
                        InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}))
                .map(Rejected::reason);
    }

    @Override
    public void close() throws IOException {
        dns.close();
    }
}
