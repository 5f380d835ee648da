package org.jameschatmail.core.configuration;

/** Who may create an account. */
public enum RegistrationMode {
    /** Whoever logs in with a free name. */
    OPEN,
    /** Whoever holds an invite token. */
    TOKEN,
    /** Nobody. */
    CLOSED
}
