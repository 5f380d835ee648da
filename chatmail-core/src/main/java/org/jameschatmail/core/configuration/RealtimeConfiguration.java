package org.jameschatmail.core.configuration;

import java.net.URI;
import java.util.Optional;

/**
 * The servers that clients are told of for realtime channels and calls.
 *
 * @param iroh an iroh relay
 * @param turn a TURN server
 */
public record RealtimeConfiguration(Optional<URI> iroh, Optional<TurnServer> turn) {
    public static final RealtimeConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));
    private static final int TURN_PORT = 3478;

    public static RealtimeConfiguration from(Settings settings) {
        return new RealtimeConfiguration(settings.get(Keys.IROH_URL), turnServer(settings));
    }

    private static Optional<TurnServer> turnServer(Settings settings) {
        Optional<String> host = settings.get(Keys.TURN_HOST);
        Optional<Integer> port = settings.get(Keys.TURN_PORT);
        Optional<String> secret = settings.get(Keys.TURN_SECRET);
        if (host.isEmpty() && secret.isPresent()) {
            throw Keys.TURN_HOST.rejected("needed with turn.secret", Keys.TURN_SECRET);
        }
        if (host.isEmpty() && port.isPresent()) {
            throw Keys.TURN_HOST.rejected("needed with turn.port", Keys.TURN_PORT);
        }
        return host.map(name -> new TurnServer(name, port.orElse(TURN_PORT), secret.orElse("")));
    }
}
