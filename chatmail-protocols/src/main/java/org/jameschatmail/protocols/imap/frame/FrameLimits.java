package org.jameschatmail.protocols.imap.frame;

/**
 * How large one command may be. Immutable.
 *
 * @param lineBytes octets of all its lines together, line ends included, without the literals; at least 64
 * @param literals how many literals
 * @param literalBytes octets of all literals together, save the message of APPEND or REPLACE
 * @param messageBytes octets of that message; 0 where there is none to send, as before login
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2683#section-3.2.1">RFC 2683, section 3.2.1, at least 8000 octets a line</a>
 */
public record FrameLimits(int lineBytes, int literals, int literalBytes, int messageBytes) {
    /** A login needs a name and a password. */
    public static final FrameLimits BEFORE_LOGIN = new FrameLimits(8192, 4, 4096, 0);

    private static final int LITERALS = 64;
    private static final int SHORTEST_LINE = 64;

    public FrameLimits {
        if (lineBytes < SHORTEST_LINE || literals < 0 || literalBytes < 0 || messageBytes < 0) {
            throw new IllegalArgumentException("A limit of an IMAP command is too small");
        }
    }

    /** What a client that is logged in may send; its literals may be as long as its line, but for the message. */
    public static FrameLimits afterLogin(int lineBytes, int messageBytes) {
        return new FrameLimits(lineBytes, LITERALS, lineBytes, messageBytes);
    }
}
