package org.jameschatmail.core.acme;

import java.util.Arrays;
import java.util.Optional;

/** How an authority convinces itself that a name is ours. */
public enum ChallengeType {
    /** It fetches a file from port 80 (RFC 8555, section 8.3). */
    HTTP_01("http-01", 80),
    /** It looks at the certificate of a handshake on port 443 (RFC 8737). */
    TLS_ALPN_01("tls-alpn-01", 443);

    private final String word;
    private final int port;

    ChallengeType(String word, int port) {
        this.word = word;
        this.port = port;
    }

    /** As the protocol and the configuration name it. */
    public String word() {
        return word;
    }

    /** Where the authority comes to. */
    public int port() {
        return port;
    }

    /** The type of that word. */
    public static Optional<ChallengeType> named(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }
}
