package org.jameschatmail.protocols.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.jameschatmail.core.configuration.MessageConfiguration;
import org.jameschatmail.core.gate.IncomingDoor;
import org.jameschatmail.core.header.HeaderRewrite;
import org.jameschatmail.core.verdict.Accepted;
import org.jameschatmail.core.verdict.EnvelopeSender;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.core.verdict.Verdict;
import org.jameschatmail.protocols.smtp.MessageAcceptance.FullMailboxes;
import org.jameschatmail.protocols.smtp.reception.PostedReception;
import org.jameschatmail.protocols.smtp.reception.ReceivedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /mxdeliv} on this side of HTTP: {@link IncomingRules}, and then {@link MessageAcceptance} as on port 25.
 * There is one answer for all recipients, so a message is refused for the sake of any one of them; its sender then
 * comes again by SMTP, where each has an answer of its own. Thread-safe.
 */
public final class MxdelivDoor implements IncomingDoor {
    private static final Logger LOGGER = LoggerFactory.getLogger(MxdelivDoor.class);

    private final IncomingRules rules;
    private final MessageAcceptance acceptance;
    private final Refusals refusals;
    private final MessageConfiguration limits;

    @Inject
    public MxdelivDoor(
            IncomingRules rules, MessageAcceptance acceptance, Refusals refusals, MessageConfiguration limits) {
        this.rules = rules;
        this.acceptance = acceptance;
        this.refusals = refusals;
        this.limits = limits;
    }

    @Override
    public Transfer open(InetAddress client, Optional<String> sender, List<String> recipients) {
        OneMessage message = new OneMessage(client);
        message.address(sender, recipients).ifPresent(message::refuse);
        return message;
    }

    @Override
    public Transfer refuse(Reason reason) {
        OneMessage message = new OneMessage(InetAddress.getLoopbackAddress());
        message.refuse(reason);
        return message;
    }

    private final class OneMessage implements Transfer {
        private final InetAddress client;
        private final PostedReception reception = new PostedReception(limits.sizeMax());
        private final List<MailAddress> to = new ArrayList<>();
        private MaybeSender from = MaybeSender.nullSender();
        private Optional<Rejected> refusal = Optional.empty();

        OneMessage(InetAddress client) {
            this.client = client;
        }

        private void refuse(Reason reason) {
            refuse(Rejected.of(reason));
        }

        private void refuse(Rejected rejected) {
            refusals.count(rejected.reason());
            refusal = Optional.of(rejected);
            reception.close();
        }

        private Optional<Reason> address(Optional<String> sender, List<String> recipients) {
            try {
                from = sender.isEmpty() ? MaybeSender.nullSender() : MaybeSender.of(PeerAddress.parse(sender.get()));
            } catch (AddressException e) {
                return Optional.of(Reason.MALFORMED_SENDER);
            }
            if (recipients.size() > limits.recipientsMax()) {
                return Optional.of(Reason.TOO_MANY_RECIPIENTS);
            }
            Set<MailAddress> known = new LinkedHashSet<>();
            for (String recipient : recipients) {
                try {
                    MailAddress address = PeerAddress.parse(recipient);
                    Optional<Reason> reason = PlainRecipients.isPlain(address)
                            ? rules.refusalOf(address)
                            : Optional.of(Reason.RECIPIENT_NOT_ALLOWED);
                    if (reason.isPresent()) {
                        return reason;
                    }
                    known.add(address);
                } catch (AddressException e) {
                    return Optional.of(Reason.RECIPIENT_NOT_ALLOWED);
                }
            }
            to.addAll(known);
            return to.isEmpty() ? Optional.of(Reason.NO_RECIPIENT) : Optional.empty();
        }

        @Override
        public Optional<Rejected> refusal() {
            return refusal;
        }

        @Override
        public void write(byte[] octets, int length) {
            if (refusal.isEmpty()) {
                reception.read(octets, length);
                reception.fault().ifPresent(this::refuse);
            }
        }

        @Override
        public Optional<Rejected> finish() {
            if (refusal.isEmpty()) {
                try {
                    reception.end();
                    reception.fault().map(Rejected::of).or(this::take).ifPresent(this::refuse);
                } catch (RuntimeException e) {
                    LOGGER.error("A posted message couldn't be handled", e);
                    refuse(Reason.LOCAL_TROUBLE);
                }
            }
            return refusal;
        }

        private Optional<Rejected> take() {
            String name = MailImpl.getId();
            try {
                ReceivedMessage message = reception.message(name);
                Verdict verdict = rules.judge(message, from, to, client);
                if (verdict instanceof Rejected rejected) {
                    return Optional.of(rejected);
                }
                boolean kept = ((Accepted) verdict).envelopeSender() == EnvelopeSender.KEPT;
                MailImpl mail = MailImpl.builder()
                        .name(name)
                        .sender(kept ? from : MaybeSender.nullSender())
                        .addRecipients(to)
                        .build();
                try {
                    mail.setMessageContent(message);
                    return acceptance.take(mail, message, HeaderRewrite.STORED, FullMailboxes.REFUSE_FOR_ALL);
                } finally {
                    LifecycleUtil.dispose(mail);
                }
            } catch (IOException | MessagingException e) {
                LOGGER.error("A posted message couldn't be made durable", e);
                return Optional.of(Rejected.of(Reason.LOCAL_TROUBLE));
            }
        }

        @Override
        public void close() {
            reception.close();
        }
    }
}
