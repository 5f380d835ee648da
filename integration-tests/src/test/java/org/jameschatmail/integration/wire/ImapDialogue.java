package org.jameschatmail.integration.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jameschatmail.integration.Deadline;

/**
 * An IMAP conversation; see {@link Dialogue} for the script.
 *
 * <pre>{@code
 * try (ImapDialogue imap = ImapDialogue.tls(server.ports().imaps())) {
 *     imap.play("""
 *             S: * OK
 *             C: a1 LOGIN ${address} ${password}
 *             S: a1 OK
 *             C: a2 SELECT INBOX
 *             S? \\* (?<count>[0-9]+) EXISTS
 *             S* a2 OK
 *             """);
 * }
 * }</pre>
 */
public final class ImapDialogue extends Dialogue {
    private static final Pattern TAGGED = Pattern.compile("[A-Za-z0-9]+ (OK|NO|BAD)( .*)?");

    private ImapDialogue(LineConnection connection) {
        super(connection);
    }

    /** In clear; the script starts with the greeting. */
    public static ImapDialogue plain(int port) {
        return new ImapDialogue(LineConnection.plain(port));
    }

    /** In clear, from an address of this machine that the server sees as the client's. */
    public static ImapDialogue plainFrom(InetAddress client, int port) {
        return new ImapDialogue(LineConnection.plainFrom(client, port));
    }

    /** TLS from the first byte, with ALPN protocols if given; the script starts with the greeting. */
    public static ImapDialogue tls(int port, String... applicationProtocols) {
        return new ImapDialogue(LineConnection.tls(port, applicationProtocols));
    }

    /** TLS from the first byte, to a server that may be elsewhere than on loopback. */
    public static ImapDialogue tls(InetSocketAddress server) {
        return new ImapDialogue(LineConnection.tls(server));
    }

    /** Greeting, STARTTLS and the handshake are done. */
    public static ImapDialogue startTls(int port) {
        return plain(port).startTls();
    }

    /** Greeting, STARTTLS and the handshake, for a connection that is new. */
    public ImapDialogue startTls() {
        return play("""
                        S: * OK
                        C: tls STARTTLS
                        S: tls OK
                        TLS
                        """);
    }

    /** Logs in; for {@link #startTls}, or for {@link #tls} after the greeting. */
    public ImapDialogue login(String address, String password) {
        return with("address", address).with("password", password).play("""
                        C: login LOGIN "${address}" "${password}"
                        S* login OK
                        """);
    }

    public ImapDialogue with(String variable, String value) {
        setVariable(variable, value);
        return this;
    }

    /** Whether the server closes the connection before it has read these characters, or after, without a word. */
    public boolean isCutOffWhileSending(String characters) {
        return isCutOffWhileSendingAll(characters);
    }

    /** Sends a character a second until the server says something: that line; empty when it just closes. */
    public Optional<String> drip(char character, Duration atMost) {
        return lineAfterDripping(character, Deadline.after(atMost));
    }

    public ImapDialogue delivering(Runnable delivery) {
        setDelivery(delivery);
        return this;
    }

    @Override
    boolean endsReply(String line) {
        return TAGGED.matcher(line).matches();
    }

    public ImapDialogue play(String script) {
        converse(script);
        return this;
    }
}
