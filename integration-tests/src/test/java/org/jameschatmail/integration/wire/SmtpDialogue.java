package org.jameschatmail.integration.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * An SMTP conversation; see {@link Dialogue} for the script.
 *
 * <pre>{@code
 * try (SmtpDialogue smtp = SmtpDialogue.startTls(server.ports().smtp())) {
 *     smtp.play("""
 *             C: EHLO peer.example
 *             S? 250 .*
 *             C: MAIL FROM:<a@peer.example>
 *             C: RCPT TO:<nobody@chat.example>
 *             S: 250
 *             S: 550 5.1.1
 *             """);
 * }
 * }</pre>
 */
public final class SmtpDialogue extends Dialogue {
    private static final Pattern LAST_LINE = Pattern.compile("[0-9]{3}( .*)?");

    private SmtpDialogue(LineConnection connection) {
        super(connection);
    }

    /** In clear; the script starts with the greeting. */
    public static SmtpDialogue plain(int port) {
        return new SmtpDialogue(LineConnection.plain(port));
    }

    /** In clear, to a server that isn't on loopback; the script starts with the greeting. */
    public static SmtpDialogue plain(InetSocketAddress server) {
        return new SmtpDialogue(LineConnection.plain(server));
    }

    /** In clear, from an address of this machine that the server sees as the client's. */
    public static SmtpDialogue plainFrom(InetAddress client, int port) {
        return new SmtpDialogue(LineConnection.plainFrom(client, port));
    }

    /** TLS from the first byte, with ALPN protocols if given; the script starts with the greeting. */
    public static SmtpDialogue tls(int port, String... applicationProtocols) {
        return new SmtpDialogue(LineConnection.tls(port, applicationProtocols));
    }

    /** TLS from the first byte, to a server that may be elsewhere than on loopback. */
    public static SmtpDialogue tls(InetSocketAddress server) {
        return new SmtpDialogue(LineConnection.tls(server));
    }

    /** Greeting, EHLO, STARTTLS and the handshake are done; the script starts with EHLO. */
    public static SmtpDialogue startTls(int port) {
        return plain(port).startTls();
    }

    /** Greeting, EHLO, STARTTLS and the handshake, for a connection that is new. */
    public SmtpDialogue startTls() {
        return play("""
                        S: 220
                        C: EHLO [127.0.0.1]
                        S? 250 .*
                        C: STARTTLS
                        S: 220
                        TLS
                        """);
    }

    /** Says EHLO and logs in with AUTH PLAIN; for {@link #startTls}, or for {@link #tls} after the greeting. */
    public SmtpDialogue authenticate(String address, String password) {
        return with("credentials", credentials(address, password)).play("""
                        C: EHLO [127.0.0.1]
                        S? 250 .*
                        C: AUTH PLAIN ${credentials}
                        S: 235
                        """);
    }

    /** The initial response of AUTH PLAIN. */
    public static String credentials(String address, String password) {
        return base64("\0" + address + "\0" + password);
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public SmtpDialogue with(String variable, String value) {
        setVariable(variable, value);
        return this;
    }

    /**
     * One transaction with one recipient, whose commands are pipelined.
     *
     * @param sender empty for the null sender
     * @param reply how the reply after the final dot starts
     */
    public SmtpDialogue send(String sender, String recipient, String mail, String reply) {
        return with("from", sender)
                .with("to", recipient)
                .with("mail", mail)
                .with("reply", reply)
                .play("""
                        C: MAIL FROM:<${from}>
                        C: RCPT TO:<${to}>
                        C: DATA
                        S: 250
                        S: 250
                        S: 354
                        C: ${mail}
                        C: .
                        S: ${reply}
                        """);
    }

    @Override
    boolean endsReply(String line) {
        return LAST_LINE.matcher(line).matches();
    }

    public SmtpDialogue play(String script) {
        converse(script);
        return this;
    }
}
