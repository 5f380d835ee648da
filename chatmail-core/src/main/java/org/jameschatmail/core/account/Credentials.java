package org.jameschatmail.core.account;

/**
 * What a person logs in with. The text form hides both, for neither belongs in a log.
 *
 * @param email the address, in lower case
 * @param password in the clear
 */
public record Credentials(String email, String password) {
    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
