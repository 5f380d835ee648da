package org.jameschatmail.protocols.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.mailet.Mail;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.gate.IncomingDoor;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MxdelivDoorTest {
    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();
    private static final Optional<String> PEER = Optional.of("a@peer.example");
    private static final List<String> TO_BOTH = List.of(MemoryAccounts.ALICE, MemoryAccounts.BOB);
    private static final String CLEARTEXT = "From: <a@peer.example>\r\n\r\nin clear\r\n";

    private final RecordingMetricFactory metrics = new RecordingMetricFactory();
    private final Acceptance acceptance = new Acceptance();
    private MemoryAccounts accounts;
    private IncomingDoor door;

    /** Takes every message, or answers what a test wants. */
    private static final class Acceptance implements MessageAcceptance {
        private final List<Mail> taken = new ArrayList<>();
        private Optional<Rejected> answer = Optional.empty();
        private boolean failing;

        @Override
        public Optional<Rejected> take(Mail mail, ReceivedMessage message, HeaderRewrite rewrite, FullMailboxes full)
                throws MessagingException {
            if (failing) {
                throw new MessagingException("no room on the disk");
            }
            assertThat(rewrite).isEqualTo(HeaderRewrite.STORED);
            assertThat(full).isEqualTo(FullMailboxes.REFUSE_FOR_ALL);
            if (answer.isEmpty()) {
                taken.add(mail);
            }
            return answer;
        }
    }

    @BeforeEach
    void open() throws Exception {
        accounts = new MemoryAccounts();
        door = new MxdelivDoor(accounts.rules(), acceptance, new Refusals(metrics), MessageConfiguration.DEFAULT);
    }

    private Optional<Reason> bring(Optional<String> sender, List<String> recipients, String body) {
        byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
        try (IncomingDoor.Transfer transfer = door.open(CLIENT, sender, recipients)) {
            transfer.write(octets, octets.length);
            return transfer.finish().map(Rejected::reason);
        }
    }

    private int refusals(Reason reason) {
        return metrics.countFor("chatmail.refused." + reason.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void messageShouldBeTakenForAllWhenAllAcceptIt() {
        accounts.consents.give(MemoryAccounts.ALICE);
        assertThat(bring(PEER, TO_BOTH, CLEARTEXT)).contains(Reason.ENCRYPTION_NEEDED);
        accounts.consents.give(MemoryAccounts.BOB);
        assertThat(bring(PEER, TO_BOTH, CLEARTEXT)).isEmpty();

        assertThat(acceptance.taken).hasSize(1);
        assertThat(acceptance.taken.get(0).getRecipients()).hasSize(2);
        assertThat(refusals(Reason.ENCRYPTION_NEEDED)).isEqualTo(1);
    }

    @Test
    void refusalShouldBeCountedOnceByItsReason() {
        assertThat(bring(PEER, List.of("nobody@example.org"), CLEARTEXT)).contains(Reason.UNKNOWN_RECIPIENT);
        assertThat(bring(PEER, List.of(), CLEARTEXT)).contains(Reason.NO_RECIPIENT);
        assertThat(bring(Optional.of("x"), TO_BOTH, CLEARTEXT)).contains(Reason.MALFORMED_SENDER);
        assertThat(bring(PEER, TO_BOTH, "a\nb")).contains(Reason.BARE_LINE_BREAK);

        assertThat(List.of(
                        refusals(Reason.UNKNOWN_RECIPIENT),
                        refusals(Reason.NO_RECIPIENT),
                        refusals(Reason.MALFORMED_SENDER),
                        refusals(Reason.BARE_LINE_BREAK)))
                .containsOnly(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_BUSY", "MESSAGE_TOO_LARGE"})
    void refusalShouldBeCountedWhenItIsFoundInFrontOfTheDoor(Reason reason) {
        try (IncomingDoor.Transfer transfer = door.refuse(reason)) {
            assertThat(transfer.refusal().map(Rejected::reason)).contains(reason);
            assertThat(transfer.finish().map(Rejected::reason)).contains(reason);
        }
        assertThat(refusals(reason)).isEqualTo(1);
    }

    @Test
    void messageShouldBePutOffWhenSomethingIsOutOfReach() {
        accounts.consents.becomeOutOfReach();
        assertThat(bring(PEER, TO_BOTH, CLEARTEXT)).contains(Reason.LOCAL_TROUBLE);
        assertThat(acceptance.taken).isEmpty();
    }

    @Test
    void messageShouldBePutOffWhenItCannotBeMadeDurable() {
        accounts.consents.give(MemoryAccounts.ALICE);
        acceptance.failing = true;
        assertThat(bring(PEER, List.of(MemoryAccounts.ALICE), CLEARTEXT)).contains(Reason.LOCAL_TROUBLE);
    }

    @Test
    void refusalShouldBeThatOfTheMailboxes() {
        accounts.consents.give(MemoryAccounts.ALICE);
        acceptance.answer = Optional.of(Rejected.of(Reason.MAILBOX_FULL));
        assertThat(bring(PEER, List.of(MemoryAccounts.ALICE), CLEARTEXT)).contains(Reason.MAILBOX_FULL);
        assertThat(refusals(Reason.MAILBOX_FULL)).isEqualTo(1);
    }

    @Test
    void cleartextShouldBeRefusedWhenTheAddressLeadsToOthers() throws Exception {
        accounts.consents.give(MemoryAccounts.ALICE);
        accounts.rewrites.addForwardMapping(MappingSource.fromUser("ac1_alice", "example.org"), MemoryAccounts.BOB);

        assertThat(bring(PEER, List.of(MemoryAccounts.ALICE), CLEARTEXT)).contains(Reason.ENCRYPTION_NEEDED);
    }
}
