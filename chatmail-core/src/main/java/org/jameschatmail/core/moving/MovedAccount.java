package org.jameschatmail.core.moving;

import java.time.LocalDate;
import java.util.Optional;

/**
 * An account as another server kept it.
 *
 * @param passwordHash with the name of its scheme in front, or as it is; a secret
 * @param lastLogin in UTC; empty when the server didn't note it
 * @param takesCleartext whether it takes mail from other servers that isn't encrypted
 */
public record MovedAccount(String address, String passwordHash, Optional<LocalDate> lastLogin, boolean takesCleartext) {
    @Override
    public String toString() {
        return "MovedAccount[***]";
    }
}
