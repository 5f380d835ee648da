package org.jameschatmail.guice.outgoing;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;

/**
 * Queues a message for the servers of its recipients' domains, in the place of James' {@code RemoteDelivery}: over TLS
 * or not at all, signed, and tried again until {@code queue.lifetime} is over. The message is done with then. For what
 * comes by the spool: bounces, mails of other mailets, and everything where {@code delivery.local} is {@code spool}.
 *
 * <pre>{@code
 * <mailet match="All" class="org.jameschatmail.guice.outgoing.SendToOtherServers"/>
 * }</pre>
 */
public final class SendToOtherServers extends GenericMailet {
    private final OutgoingQueue queue;

    @Inject
    public SendToOtherServers(OutgoingQueue queue) {
        this.queue = queue;
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        List<String> recipients =
                mail.getRecipients().stream().map(MailAddress::asString).toList();
        if (!recipients.isEmpty()) {
            Optional<String> sender = mail.getMaybeSender().asOptional().map(MailAddress::asString);
            try {
                queue.add(new OutgoingMail(
                        sender, recipients, out -> mail.getMessage().writeTo(out)));
            } catch (SQLException e) {
                throw new MessagingException("The message can't be queued", e);
            }
        }
        mail.setState(Mail.GHOST);
    }

    @Override
    public String getMailetInfo() {
        return "Queues messages for other servers";
    }
}
