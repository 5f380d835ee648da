package org.jameschatmail.guice.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jameschatmail.core.outgoing.Attempt;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.RecipientOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with an SMTP server, over TLS, for one message after another. For use by one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2920">RFC 2920: pipelining</a>
 */
final class SmtpSession implements AutoCloseable {
    private static final Duration GREETING = Duration.ofSeconds(60);
    private static final Duration COMMAND = Duration.ofSeconds(60);
    /** Long, for who gives up here may send a message twice. */
    private static final Duration FINAL_DOT = Duration.ofMinutes(5);

    private static final Duration BASE_TRANSFER = Duration.ofMinutes(2);
    private static final long SLOWEST_OCTETS_A_SECOND = 10_000;
    /** Commands in flight: so few that neither side can be stuck in writing to the other. */
    private static final int WINDOW = 50;

    private final Wire wire;
    private Map<String, String> extensions = Map.of();
    private boolean reusable;

    private SmtpSession(Wire wire) {
        this.wire = wire;
    }

    /** The server answered, and doesn't want to talk to us: another host of the domain may. */
    static final class UnwillingException extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient Diagnosis diagnosis;

        UnwillingException(Diagnosis diagnosis) {
            super(diagnosis.line());
            this.diagnosis = diagnosis;
        }

        Diagnosis diagnosis() {
            return diagnosis;
        }
    }

    /**
     * Connects, greets, and goes over to TLS.
     *
     * @param ourName for EHLO
     * @throws UnwillingException when the server says no, or has no TLS
     * @throws SSLException when TLS or the certificate isn't good enough
     */
    static SmtpSession open(Dialer dialer, RemoteHost host, int port, String ourName) throws IOException {
        Wire wire = dialer.dial(host, port);
        SmtpSession session = new SmtpSession(wire);
        try {
            session.greet(ourName);
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void greet(String ourName) throws IOException {
        expectPositive(SmtpReply.read(wire, GREETING));
        hello(ourName);
        if (!extensions.containsKey("STARTTLS")) {
            throw new UnwillingException(
                    Diagnosis.ours(451, "4.7.5", "The server of the domain offers no encryption (STARTTLS)"));
        }
        expectPositive(command("STARTTLS"));
        wire.startTls();
        hello(ourName);
    }

    private void hello(String ourName) throws IOException {
        SmtpReply reply = command("EHLO " + ourName);
        expectPositive(reply);
        Map<String, String> offered = new LinkedHashMap<>();
        for (String line : reply.lines().subList(1, reply.lines().size())) {
            String[] words = line.strip().split(" ", 2);
            offered.put(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1] : "");
        }
        extensions = offered;
    }

    private SmtpReply command(String line) throws IOException {
        try (Dialer.Limit limit = wire.limit(COMMAND)) {
            wire.writeLine(line);
            wire.flush();
        }
        return SmtpReply.read(wire, COMMAND);
    }

    private void expectPositive(SmtpReply reply) throws UnwillingException {
        if (!reply.isPositive()) {
            Diagnosis said = reply.diagnosis(host());
            // Of a whole server, which isn't a word about a recipient: another host, or another day, may know better.
            throw new UnwillingException(new Diagnosis(
                    451, "4" + said.status().substring(1), reply.code() + " " + said.text(), said.remoteHost()));
        }
    }

    private String host() {
        return wire.host().name();
    }

    /**
     * Sends a message.
     *
     * @throws IOException when the connection broke before the content was sent: nobody has got the message
     */
    Attempt send(Letter letter) throws IOException {
        reusable = false;
        Diagnosis unfit = unfit(letter.message());
        if (unfit != null) {
            reusable = true;
            return Attempt.answered(letter.recipients(), new RecipientOutcome.Failed(unfit));
        }
        Map<String, RecipientOutcome> outcomes = new LinkedHashMap<>();
        List<String> accepted = new ArrayList<>();
        SmtpReply data = envelope(letter, outcomes, accepted);
        if (data.isIntermediate()) {
            transfer(letter.message(), accepted, outcomes);
        } else {
            accepted.forEach(recipient -> outcomes.put(recipient, RecipientOutcome.of(data.diagnosis(host()))));
        }
        Map<String, RecipientOutcome> ordered = new LinkedHashMap<>();
        letter.recipients().forEach(recipient -> ordered.put(recipient, outcomes.get(recipient)));
        return new Attempt(ordered, true);
    }

    private @Nullable Diagnosis unfit(OutboundMessage message) {
        String limit = extensions.getOrDefault("SIZE", "").strip();
        if (limit.matches("[1-9][0-9]{0,17}") && Long.parseLong(limit) < message.size()) {
            return Diagnosis.ours(552, "5.3.4", "The message is larger than %s takes".formatted(host()));
        }
        if (message.eightBit() && !extensions.containsKey("8BITMIME")) {
            return Diagnosis.ours(554, "5.6.3", "The message has octets that %s doesn't take".formatted(host()));
        }
        return null;
    }

    /** MAIL, RCPT and DATA; gives the reply to DATA, or the one because of which DATA wasn't sent. */
    private SmtpReply envelope(Letter letter, Map<String, RecipientOutcome> outcomes, List<String> accepted)
            throws IOException {
        List<String> commands = new ArrayList<>();
        commands.add(mailFrom(letter));
        letter.recipients().forEach(recipient -> commands.add("RCPT TO:<" + recipient + ">"));
        int window = extensions.containsKey("PIPELINING") ? WINDOW : 1;
        for (int from = 0; from < commands.size(); from += window) {
            int to = Math.min(commands.size(), from + window);
            write(commands.subList(from, to));
            for (int index = from; index < to; index++) {
                SmtpReply reply = SmtpReply.read(wire, COMMAND);
                if (index == 0) {
                    if (!reply.isPositive()) {
                        return refusedSender(reply, letter, to - 1, outcomes);
                    }
                } else {
                    note(letter.recipients().get(index - 1), reply, outcomes, accepted);
                }
            }
        }
        return accepted.isEmpty() ? reset() : command("DATA");
    }

    private void write(List<String> commands) throws IOException {
        try (Dialer.Limit limit = wire.limit(COMMAND)) {
            for (String command : commands) {
                wire.writeLine(command);
            }
            wire.flush();
        }
    }

    private String mailFrom(Letter letter) {
        OutboundMessage message = letter.message();
        String size = extensions.containsKey("SIZE") ? " SIZE=" + message.size() : "";
        String body = message.eightBit() ? " BODY=8BITMIME" : "";
        return "MAIL FROM:<" + letter.sender().orElse("") + ">" + size + body;
    }

    private SmtpReply refusedSender(
            SmtpReply reply, Letter letter, int following, Map<String, RecipientOutcome> outcomes) throws IOException {
        for (int index = 0; index < following; index++) {
            SmtpReply.read(wire, COMMAND);
        }
        letter.recipients().forEach(recipient -> outcomes.put(recipient, RecipientOutcome.of(reply.diagnosis(host()))));
        return reset();
    }

    private void note(
            String recipient, SmtpReply reply, Map<String, RecipientOutcome> outcomes, List<String> accepted) {
        if (reply.isPositive()) {
            accepted.add(recipient);
        } else {
            outcomes.put(recipient, RecipientOutcome.of(reply.diagnosis(host())));
        }
    }

    /** Nobody is left to send to: the connection is good for another message. */
    private SmtpReply reset() throws IOException {
        SmtpReply reply = command("RSET");
        reusable = reply.isPositive();
        return reply;
    }

    /** From the first octet of the content on, a broken connection isn't tried again at once: who has it isn't known. */
    private void transfer(OutboundMessage message, List<String> accepted, Map<String, RecipientOutcome> outcomes) {
        Duration patience = BASE_TRANSFER.plusSeconds(message.size() / SLOWEST_OCTETS_A_SECOND);
        RecipientOutcome outcome;
        try {
            try (Dialer.Limit limit = wire.limit(patience)) {
                message.writeStuffed(wire.out());
                wire.writeLine(".");
                wire.flush();
            }
            SmtpReply reply = SmtpReply.read(wire, FINAL_DOT);
            reusable = reply.isPositive();
            outcome = reusable ? new RecipientOutcome.Delivered() : RecipientOutcome.of(reply.diagnosis(host()));
        } catch (IOException e) {
            outcome = new RecipientOutcome.Deferred(
                    Diagnosis.ours(451, "4.4.2", "The connection with %s broke off".formatted(host())));
        }
        for (String recipient : accepted) {
            outcomes.put(recipient, outcome);
        }
    }

    /** Whether another message may be sent. */
    boolean isReusable() {
        return reusable && !wire.isStale();
    }

    /** Says good-bye where that makes sense, and doesn't wait for the answer. */
    @Override
    public void close() {
        if (isReusable()) {
            try (Dialer.Limit limit = wire.limit(Duration.ofSeconds(1))) {
                wire.writeLine("QUIT");
                wire.flush();
            } catch (IOException e) {
                // It goes either way.
            }
        }
        wire.close();
    }
}
