package org.jameschatmail.core.account;

import java.util.Optional;

/** What an administrator does with accounts. Thread-safe. */
public interface AccountKeeping {
    /** How a wish ended. */
    sealed interface Result {
        /** Done, with the credentials that are good now. */
        record Done(Credentials credentials, String loginLink) implements Result {}

        /** There is one of that name. */
        record Exists() implements Result {}

        /** There is none of that name. */
        record Unknown() implements Result {}

        /** The name or the password isn't one. */
        record Refused(String reason) implements Result {}
    }

    /**
     * Makes an account, whatever the mode of registration.
     *
     * @param address the whole address, of any length; made up when there is none
     * @param password made up when there is none
     */
    Result create(Optional<String> address, Optional<String> password);

    /** Lets the account in with this password alone from now on; made up when there is none. */
    Result resetPassword(String address, Optional<String> password);

    /** Removes the account with all that is its own; whether there was one. */
    boolean delete(String address);
}
