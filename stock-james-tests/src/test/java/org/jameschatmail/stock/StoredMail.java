package org.jameschatmail.stock;

/**
 * A mail at the end of its way.
 *
 * @param repository {@code accepted}, {@code refused} or {@code error}
 * @param error the error message of the mail, or empty
 * @param message one character an octet
 */
record StoredMail(String repository, String error, String message) {}
