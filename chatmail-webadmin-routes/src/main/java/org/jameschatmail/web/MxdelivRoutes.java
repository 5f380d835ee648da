package org.jameschatmail.web;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;
import org.jameschatmail.core.configuration.SmtpConfiguration;
import org.jameschatmail.core.gate.IncomingDoor;
import org.jameschatmail.core.gate.IncomingDoor.Transfer;
import org.jameschatmail.core.network.ClientNetwork;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;
import org.jameschatmail.web.UploadAction.Upload;
import org.jameschatmail.web.alpn.ConnectionSlots;

/**
 * {@code POST /mxdeliv}: mail from other chatmail servers over HTTPS, which they try before SMTP. The envelope is in the
 * headers {@code X-MAIL-FROM} (left out or empty for the null sender) and {@code X-MAIL-TO} (one a recipient), the
 * body is the message. The answer's text is an SMTP reply: with 200 all recipients have the message, with anything else
 * nobody does, and the sender comes by SMTP. Thread-safe.
 */
public final class MxdelivRoutes implements WebRoutes {
    static final String PATH = "/mxdeliv";

    private static final String DELIVERED = "250 2.6.0 Message received";
    private static final int REFUSED = 400;
    private static final int TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;

    private final IncomingDoor door;
    private final ConnectionSlots slots;
    private final long sizeMax;

    /**
     * @param limits how many messages may be on their way in by this path at once, beside those on the SMTP ports
     * @param sizeMax of a message, in bytes
     */
    public MxdelivRoutes(IncomingDoor door, SmtpConfiguration limits, long sizeMax) {
        this.door = door;
        this.slots = new ConnectionSlots(bound(limits.connectionsMax()), bound(limits.connectionsPerNetwork()));
        this.sizeMax = sizeMax;
    }

    private static int bound(int configured) {
        return configured == 0 ? Integer.MAX_VALUE : configured;
    }

    @Override
    public void define(RouteTable table) {
        table.upload(PATH, mostStuffed() + sizeMax, this::receive);
    }

    private Upload receive(HttpServletRequest request) throws IOException {
        InetAddress client = AccountRoutes.client(request);
        ClientNetwork network = ClientNetwork.of(client);
        if (!slots.take(network)) {
            return new Delivery(door.refuse(Reason.TOO_BUSY), () -> {});
        }
        try {
            return new Delivery(open(request, client), () -> slots.release(network));
        } catch (RuntimeException e) {
            slots.release(network);
            throw e;
        }
    }

    private Transfer open(HttpServletRequest request, InetAddress client) {
        if (request.getContentLengthLong() > mostStuffed()) {
            return door.refuse(Reason.MESSAGE_TOO_LARGE);
        }
        List<String> senders = Collections.list(request.getHeaders("X-MAIL-FROM"));
        if (senders.size() > 1) {
            return door.refuse(Reason.MALFORMED_SENDER);
        }
        Optional<String> sender =
                senders.stream().filter(text -> !text.isEmpty()).findFirst();
        return door.open(client, sender, Collections.list(request.getHeaders("X-MAIL-TO")));
    }

    /** In bytes: every line of the largest message might be one dot, which takes one more where it is stuffed. */
    private long mostStuffed() {
        return sizeMax + sizeMax / 3 + 3;
    }

    private static final class Delivery implements Upload {
        private final Transfer transfer;
        private final Runnable afterwards;

        Delivery(Transfer transfer, Runnable afterwards) {
            this.transfer = transfer;
            this.afterwards = afterwards;
        }

        @Override
        public boolean isDecided() {
            return transfer.refusal().isPresent();
        }

        @Override
        public void write(byte[] block, int length) {
            transfer.write(block, length);
        }

        @Override
        public Answer answer() {
            return transfer.finish()
                    .map(Delivery::refusal)
                    .orElseGet(() -> Answer.text(200, DELIVERED + "\n"))
                    .neverStored();
        }

        private static Answer refusal(Rejected rejected) {
            int status = switch (rejected.reason()) {
                case MESSAGE_TOO_LARGE -> TOO_LARGE;
                case TOO_BUSY -> UNAVAILABLE;
                default -> REFUSED;
            };
            return Answer.text(status, rejected.reply() + "\n");
        }

        @Override
        public void close() {
            transfer.close();
            afterwards.run();
        }
    }
}
