package org.jameschatmail.core.configuration;

/** How a certificate authority sees that the names are ours. */
public enum AcmeChallenge {
    /** By whichever works, port 80 first. */
    ANY,
    /** By a file on port 80. */
    HTTP_01,
    /** By a handshake on port 443. */
    TLS_ALPN_01
}
