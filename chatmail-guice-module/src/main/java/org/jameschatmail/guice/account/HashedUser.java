package org.jameschatmail.guice.account;

import java.security.SecureRandom;
import org.apache.james.core.Username;
import org.apache.james.user.api.model.User;

/** A user as James' repositories hand it around: a name and a password hash. Not thread-safe. */
final class HashedUser implements User {
    private final Username name;
    private final SecureRandom random;
    private String hash;

    HashedUser(Username name, String hash, SecureRandom random) {
        this.name = name;
        this.hash = hash;
        this.random = random;
    }

    @Override
    public Username getUserName() {
        return name;
    }

    @Override
    public boolean verifyPassword(String password) {
        return PasswordHash.matches(hash, password);
    }

    @Override
    public boolean setPassword(String password) {
        hash = PasswordHash.of(password, random);
        return true;
    }

    /** Whether the hash is to give way to one of ours, now that the password is known. */
    boolean isForeign() {
        return ForeignHash.isForeign(hash);
    }

    String hash() {
        return hash;
    }
}
