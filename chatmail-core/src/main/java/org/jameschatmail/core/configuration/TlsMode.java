package org.jameschatmail.core.configuration;

/** Where the certificate comes from. */
public enum TlsMode {
    /** Made by the server itself; clients are told to accept it. */
    SELF_SIGNED,
    /** Read from PEM files and read again when they change. */
    FILES,
    /** Ordered from a certificate authority. */
    ACME
}
