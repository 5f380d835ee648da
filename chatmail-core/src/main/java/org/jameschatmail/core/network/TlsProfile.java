package org.jameschatmail.core.network;

import java.util.List;

/** What our TLS speaks with anybody, by the names that Java has for it; the best first. */
public final class TlsProfile {
    public static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    /** Those of TLS 1.3, and of TLS 1.2 what has forward secrecy and authenticated encryption. */
    public static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsProfile() {}
}
