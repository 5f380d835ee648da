package org.jameschatmail.core.acme;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * What an authority may ask our listeners while an order is under way; empty at all other times. Filled by whoever
 * orders, read by the listeners. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8555#section-8.3">RFC 8555, section 8.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8737#section-3">RFC 8737, section 3</a>
 */
public final class PendingChallenges {
    /** The protocol that a client asks for in a handshake of the authority. */
    public static final String PROTOCOL = "acme-tls/1";

    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final Map<String, SSLContext> handshakes = new ConcurrentHashMap<>();

    /** From now on {@code /.well-known/acme-challenge/TOKEN} has this content. */
    public void offerFile(String token, String content) {
        files.put(token, content);
    }

    /**
     * From now on a handshake for {@link #PROTOCOL} and this server name is answered with this context's certificate.
     *
     * @param serverName as in SNI; of an address its name in the reverse zone
     */
    public void offerHandshake(String serverName, SSLContext context) {
        handshakes.put(serverName.toLowerCase(Locale.ROOT), context);
    }

    /** The content of the file of that token, where it is asked for. */
    public Optional<String> file(String token) {
        return Optional.ofNullable(files.get(token));
    }

    /** Whether handshakes have to be looked at. */
    public boolean expectsHandshakes() {
        return !handshakes.isEmpty();
    }

    /** What answers a handshake for {@link #PROTOCOL} and this server name. */
    public Optional<SSLContext> handshake(String serverName) {
        return Optional.ofNullable(handshakes.get(serverName.toLowerCase(Locale.ROOT)));
    }

    /** The order is over, whichever way. */
    public void clear() {
        files.clear();
        handshakes.clear();
    }
}
