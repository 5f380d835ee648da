package org.jameschatmail.integration.account;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.SmtpDialogue;

/**
 * An address with its password on one server. It is an account from its first login on. Immutable, thread-safe.
 *
 * @param server where it lives
 */
public record MailAccount(ChatmailServer server, String address, String password) {
    private static final AtomicInteger MADE = new AtomicInteger();

    /** An address that nobody has yet; its localpart has nine characters. */
    public static MailAccount unused(ChatmailServer server) {
        String address = "ac1_%05d@%s".formatted(MADE.incrementAndGet(), server.domain());
        return new MailAccount(server, address, "a password of mine");
    }

    /** An account that is there. */
    public static MailAccount create(ChatmailServer server) {
        MailAccount account = unused(server);
        account.submission().close();
        return account;
    }

    /** A connection to 465, logged in; {@code ${sender}} is the address. */
    public SmtpDialogue submission() {
        return SmtpDialogue.tls(server.endpoint(server.ports().submissions()))
                .play("S: 220")
                .authenticate(address, password)
                .with("sender", address);
    }

    /** A connection to 993, logged in. */
    public ImapDialogue imap() {
        return ImapDialogue.tls(server.endpoint(server.ports().imaps()))
                .play("S: * OK")
                .login(address, password);
    }

    /** Waits for that message of INBOX, counted from 1. */
    public StoredMessage awaitMessage(int number) {
        try (ImapDialogue imap = imap()) {
            imap.with("number", String.valueOf(number)).play("""
                    C: a1 SELECT INBOX
                    S? \\* (?<count>[0-9]+) EXISTS
                    S* a1 OK
                    """);
            while (Integer.parseInt(imap.variable("count")) < number) {
                imap.play("""
                        C: a2 IDLE
                        S? \\* (?<count>[0-9]+) EXISTS
                        C: DONE
                        S* a2 OK
                        """);
            }
            imap.play("""
                    C: a3 FETCH ${number} (BODY.PEEK[])
                    S* a3 OK
                    """);
            return StoredMessage.fetched(imap.transcript());
        }
    }

    /** How many messages INBOX has now. */
    public int messageCount() {
        try (ImapDialogue imap = imap()) {
            imap.play("""
                    C: a1 SELECT INBOX
                    S? \\* (?<count>[0-9]+) EXISTS
                    S* a1 OK
                    """);
            return Integer.parseInt(imap.variable("count"));
        }
    }

    /** A message as IMAP gives it, line by line. */
    public record StoredMessage(List<String> lines) {
        private static final String SAID = "S: ";
        private static final Pattern LITERAL = Pattern.compile("S: \\* [0-9]+ FETCH .*BODY\\[] \\{([0-9]+)}");

        /** Takes the message out of a dialogue that ends with the FETCH of it. */
        private static StoredMessage fetched(List<String> transcript) {
            int first = -1;
            long size = 0;
            for (int index = 0; index < transcript.size(); index++) {
                Matcher literal = LITERAL.matcher(transcript.get(index));
                if (literal.matches()) {
                    first = index + 1;
                    size = Long.parseLong(literal.group(1));
                }
            }
            List<String> lines = new ArrayList<>();
            for (int index = first; size > 0; index++) {
                String line = transcript.get(index).substring(SAID.length());
                lines.add(line);
                size -= line.length() + 2;
            }
            return new StoredMessage(List.copyOf(lines));
        }

        /** The lines before the first empty one. */
        public List<String> header() {
            return lines.subList(0, lines.indexOf(""));
        }

        /** The lines after the first empty one. */
        public List<String> body() {
            return lines.subList(lines.indexOf("") + 1, lines.size());
        }

        public String text() {
            return String.join("\n", lines);
        }
    }
}
