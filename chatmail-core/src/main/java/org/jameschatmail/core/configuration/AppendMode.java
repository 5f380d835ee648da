package org.jameschatmail.core.configuration;

/** What IMAP {@code APPEND} takes. */
public enum AppendMode {
    /** What the incoming gate would let pass. */
    ENCRYPTED,
    /** Every message. */
    ANY
}
