package org.jameschatmail.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.openpgp.PGPException;
import org.jameschatmail.core.Eml;
import org.jameschatmail.core.gate.MessageGenerator.Message;
import org.jameschatmail.core.gate.PacketGenerator.Packets;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.verdict.Accepted;
import org.junit.jupiter.api.Test;

/** The gates against Bouncy Castle, on a hundred thousand generated messages. */
class GateDifferentialTest {
    private static final int MESSAGES = 100_000;
    private static final String ALICE = "ac1_alice@example.org";

    private final SubmissionGate submission = new SubmissionGate(MimeLimits.DEFAULT);
    private final IncomingGate incoming = new IncomingGate(MimeLimits.DEFAULT);

    @Test
    void gatesShouldAgreeWithBouncyCastle() throws IOException, PGPException {
        Random random = new Random(20261122);
        PacketGenerator packetGenerator = new PacketGenerator(random, dearmored(Eml.fixture("delta-chat")));
        MessageGenerator messageGenerator = new MessageGenerator(random);
        int accepted = 0;
        int acceptedOutgoing = 0;
        for (int i = 0; i < MESSAGES; i++) {
            Packets packets = packetGenerator.next();
            Message message = messageGenerator.wrap(packets.octets());
            boolean encrypted = packets.framed() && MessageOracle.isEncrypted(packets.octets());
            assertThat(submission.judge(message.eml().stream(), ALICE) instanceof Accepted)
                    .as("message %d outgoing:%n%s", i, message.eml().text())
                    .isEqualTo(encrypted && message.bare());
            assertThat(incoming.judge(message.eml().stream(), Optional.of(ALICE), () -> false) instanceof Accepted)
                    .as("message %d incoming:%n%s", i, message.eml().text())
                    .isEqualTo(encrypted && message.wellFormed());
            accepted += encrypted && message.wellFormed() ? 1 : 0;
            acceptedOutgoing += encrypted && message.bare() ? 1 : 0;
        }
        assertThat(accepted).isBetween(MESSAGES / 4, MESSAGES * 3 / 4);
        assertThat(acceptedOutgoing).isBetween(MESSAGES / 5, accepted - MESSAGES / 20);
    }

    private static byte[] dearmored(Eml message) {
        String text = message.text();
        int start = text.indexOf("\r\n\r\n", text.indexOf("BEGIN PGP MESSAGE"));
        return Base64.getMimeDecoder().decode(text.substring(start, text.indexOf("\r\n=", start)));
    }
}
