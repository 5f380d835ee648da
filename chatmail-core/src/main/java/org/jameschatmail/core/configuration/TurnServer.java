package org.jameschatmail.core.configuration;

/**
 * A TURN server whose passwords are derived from a shared secret. The text form hides the secret.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param secret shared with the TURN server, not empty
 */
public record TurnServer(String host, int port, String secret) {
    public TurnServer {
        if (secret.isEmpty()) {
            throw Keys.TURN_SECRET.rejected("needed with turn.host", Keys.TURN_HOST);
        }
    }

    @Override
    public String toString() {
        return "TurnServer[host=" + host + ", port=" + port + ", secret=" + Masks.whole(secret) + "]";
    }
}
